"""Whatever the parser says, an author reads the words of this project."""

from __future__ import annotations

import importlib.util
import random
import re
from pathlib import Path

import pytest
import yaml

from guidelint.language.reference.problem_explanations import SMALLEST
from guidelint.language.text.parse import parse
from guidelint.language.text.syntax import MAX_DEPTH, SYNTAX, in_our_words

MARKS = (
    *"[]{}'\"#|>&*!%@`?,:-~\t\\",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "---\n",
    "...\n",
    "%YAML 9.9\n---\n",
    "!<x",
    "\\q",
    "é",
)
PARSER_WORDS = re.compile(
    r"while (scan|pars)|did not find|could not find|expected|not allowed|octet|token|scalar|exceeded|directive"
)


def damaged(chance: random.Random) -> str:
    text = SMALLEST
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(MARKS) + text[at + chance.choice([0, 0, 1, 3]) :]
    return text


def raised(text: str) -> yaml.YAMLError | None:
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        return error
    return None


def test_no_word_of_the_parser_reaches_an_author() -> None:
    chance = random.Random(6)
    broken = [text for _ in range(3_000) if raised(text := damaged(chance))]
    problems = [problem for text in broken for problem in parse(text).problems]
    assert len(broken) > 1_000
    assert not [problem for problem in problems if PARSER_WORDS.search(f"{problem.message} {problem.help}")]
    assert all(problem.help for problem in problems)


def test_every_sentence_of_the_installed_parser_is_known() -> None:
    """The sentences are read out of the parser itself, so that a new one of another version is noticed."""
    found = importlib.util.find_spec("yaml._yaml")
    assert found
    assert found.origin
    texts = re.findall(rb"[ -~]{8,80}", Path(found.origin).read_bytes())
    begins = re.compile(
        rb"(did not find|could not find|found |mapping (values|keys)|block |control char|invalid .*(UTF-8|Uni))"
    )
    sentences = {text.decode() for text in texts if begins.match(text) and b"%s" not in text}
    assert len(sentences) > 20
    assert sentences - SYNTAX.keys() == set()


def test_a_sentence_that_is_not_known_is_told_in_words_of_ours() -> None:
    mark = yaml.Mark("", 0, 4, 2, None, 0)
    for error in (yaml.MarkedYAMLError(problem="grobble of token", problem_mark=mark), yaml.YAMLError("grobble")):
        problem = in_our_words(error)
        assert "grobble" not in f"{problem.message} {problem.help}"
        assert problem.help


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_told_whoever_notices_it(opening: str) -> None:
    for depth in (MAX_DEPTH + 2, 900, 5_000):
        assert [problem.code for problem in parse(opening * depth).problems][-1] == "too-deep"
