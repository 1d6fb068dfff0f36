"""What a rule does is noticed: changed in any small way, a case fails, or the page of the rule reads otherwise.

Of the rules that are changed; `GUIDELINT_MUTANTS=all` (`.ci/run mutants`) tries every rule.
"""

from __future__ import annotations

import inspect
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.rules import changed
from tests.rules.equivalent import EQUIVALENT
from tests.rules.mutant import EndlessError, Turns, made, page_of, survivors
from tests.rules.mutation import TURN, Mutation, mutations

from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

RULES = tuple(catalogue().values())


@pytest.mark.mutants
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id())
def test_every_small_change_is_noticed(rule: type[Rule]) -> None:
    known = EQUIVALENT.get(rule.id(), {})
    alive = survivors(rule)
    assert [text for text in alive if text not in known] == [], (
        "add a case, or list it in equivalent.py with the reason"
    )
    assert [text for text in known if text not in alive] == [], "noticed or gone: take it off the list in equivalent.py"


def test_the_list_names_rules_and_gives_reasons() -> None:
    assert EQUIVALENT.keys() <= catalogue().keys()
    assert [reason for known in EQUIVALENT.values() for reason in known.values() if not reason.endswith(".")] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id())
def test_a_rule_made_again_without_a_change_reads_the_same(rule: type[Rule]) -> None:
    again = made(
        rule, Mutation("nothing", compile(Path(inspect.getfile(rule)).read_text("utf-8"), "again", "exec")), Turns()
    )
    assert page_of(again) == page_of(rule)


SOURCE = """
from __future__ import annotations
WIDE = (4, 5)
CLOSE = 0.5
class Rule:
    limit: Annotated[float, Field(gt=0)] = 2.0
    def told(self):
        return self._words(1)
    def _words(self, number):
        return number + 1
    def check(self, a: Literal[3], b):
        if not a or a < b <= 3 * CLOSE:
            yield min(a, b)
    cases = (Case("title", {"limit": 1}, WIDE),)
"""


def test_every_kind_of_slip_is_tried_but_not_on_cases_words_and_annotations() -> None:
    assert [mutation.text for mutation in mutations(SOURCE)] == [
        "file: CLOSE = 0.5 → CLOSE = 1.5",
        "file: CLOSE = 0.5 → CLOSE = -0.5",
        "file: CLOSE = 0.5 → CLOSE = 1.0",
        "Rule: limit: Annotated[float, Field(gt=0)] = 2.0 → limit: Annotated[float, Field(gt=0)] = 3.0",
        "Rule: limit: Annotated[float, Field(gt=0)] = 2.0 → limit: Annotated[float, Field(gt=0)] = 1.0",
        "Rule: limit: Annotated[float, Field(gt=0)] = 2.0 → limit: Annotated[float, Field(gt=0)] = 4.0",
        "check: not a or a < b <= 3 * CLOSE → not a and a < b <= 3 * CLOSE",
        "check: not a or a < b <= 3 * CLOSE → a or a < b <= 3 * CLOSE",
        "check: a < b <= 3 * CLOSE → a <= b <= 3 * CLOSE",
        "check: a < b <= 3 * CLOSE → a < b < 3 * CLOSE",
        "check: a < b <= 3 * CLOSE → a < b <= 4 * CLOSE",
        "check: a < b <= 3 * CLOSE → a < b <= 2 * CLOSE",
        "check: a < b <= 3 * CLOSE → a < b <= 6 * CLOSE",
        "check: a < b <= 3 * CLOSE → a < b <= 3 / CLOSE",
        "check: (yield min(a, b)) → (yield max(a, b))",
    ]


ENDLESS = (
    "class Rule:\n    def check(self):\n        n = 0\n        while n < 1:\n            n = n + 1\n        return n\n"
)


def test_a_loop_that_does_not_end_is_ended() -> None:
    (backwards,) = [mutation for mutation in mutations(ENDLESS) if mutation.text == "check: n = n + 1 → n = n - 1"]
    module: dict[str, Any] = {TURN: Turns()}
    exec(backwards.code, module)  # noqa: S102 - our own text
    with pytest.raises(EndlessError):
        module["Rule"]().check()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a file on its main line."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.org")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "first")
    commit(tmp_path, "second")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)  # noqa: S603, S607 - of a test


def commit(folder: Path, name: str) -> None:
    (folder / name).write_text(name, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", name)


def names(folder: Path) -> set[str]:
    return {path.name for path in changed.changed_files(folder)}


def test_changed_is_what_the_last_commit_of_the_main_line_brought_and_what_is_not_committed(checkout: Path) -> None:
    assert names(checkout) == {"second"}
    (checkout / "first").write_text("edited", encoding="utf-8")
    (checkout / "new").touch()
    assert names(checkout) == {"first", "second", "new"}


def test_on_a_branch_changed_is_what_differs_from_where_it_left_the_main_line(checkout: Path) -> None:
    git(checkout, "switch", "-q", "-c", "work")
    commit(checkout, "third")
    commit(checkout, "fourth")
    git(checkout, "switch", "-q", "main")
    commit(checkout, "elsewhere")
    git(checkout, "switch", "-q", "work")
    assert names(checkout) == {"third", "fourth"}


def test_outside_a_checkout_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert names(tmp_path) == set()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert names(tmp_path) == set()


def test_all_rules_are_tried_when_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    rule, other = RULES[:2]
    monkeypatch.delenv(changed.VARIABLE, raising=False)
    here = frozenset({Path(inspect.getfile(rule)).resolve()})
    assert (changed.is_wanted(rule, here), changed.is_wanted(other, here)) == (True, False)
    monkeypatch.setenv(changed.VARIABLE, "all")
    assert changed.is_wanted(other, frozenset())
