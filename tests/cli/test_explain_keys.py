"""Every key of the language is explained by its path: what it means, what it takes, where it may stand, a snippet."""

from __future__ import annotations

import pytest
from tests.cli.delivery_file import run

from guidelint.language.reference.keys import ANY, Keys, NoSuchKeyError, snippet
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import Branch, Row
from guidelint.rules.catalogue import catalogue

KEYS = Keys(guideline_schema(catalogue()))


def test_every_key_of_the_schema_has_a_path_and_is_found_by_it() -> None:
    parts = [KEYS.schema, *KEYS.schema["definitions"].values()]
    assert {name for part in parts for name in part.get("properties", {})} <= {
        key.path[-1] for key in KEYS.every.values()
    }
    assert len(KEYS.every) > 400
    for name, key in KEYS.every.items():
        found = KEYS.at(name.split("."))
        assert found is not None, name
        assert (found.name, found.path[-1]) == (name, key.path[-1])


def test_every_key_says_what_it_means_and_shows_itself() -> None:
    for name in KEYS.every:
        text = KEYS.explain(name)
        assert text.startswith(f"{name}\n{'=' * len(name)}\n")
        assert "\nTakes: " in text
        assert "\nStands in: " in text
        assert KEYS.said(KEYS.every[name])


def test_a_snippet_is_yaml_in_which_the_key_stands_where_it_may() -> None:
    for key in KEYS.every.values():
        node = parse(snippet(key)).root
        for step in (step for step in key.name.split(".")):
            while isinstance(node, Row):
                node = node.items[0]
            assert isinstance(node, Branch), key.name
            if step != ANY:
                assert step in node.entries, key.name
            node = next(iter(node.entries.values())).value


def test_a_key_is_explained_with_names_of_an_author() -> None:
    result = run("explain", "classes.nodule.border")
    assert result.exit_code == 0
    assert result.stdout == (
        "classes.*.border\n"
        "================\n"
        "Whether the outline itself belongs to the object (inner) or runs just outside it (outer).\n"
        "\n"
        "Takes: `inner` / `outer`; left out: inner\n"
        "Stands in: classes.*\n"
        "\n"
        "For example:\n"
        "\n"
        "  classes:\n"
        "    nodule: {border: outer}\n"
    )


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("delivery.formats", "label-studio"),
        ("returned_work.requeue_after_minutes", "30"),
        ("attributes.*.derive.tolerance", "0"),
    ],
)
def test_what_counts_where_a_key_is_left_out_is_told_as_it_would_be_written(key: str, counts: str) -> None:
    assert f"; left out: {counts}\n" in KEYS.explain(key)


def test_a_parameter_of_a_rule_says_everywhere_it_may_stand() -> None:
    told = KEYS.explain("classes.*.rules.diameter-limits.longest_min_mm")
    assert "Smallest longest diameter in mm." in told
    for place in (
        "classes.*.rules.diameter-limits",
        "relations.*.diameter-limits",
        "escalation.when.*.diameter-limits",
    ):
        assert place in told


def test_a_name_alone_tells_all_keys_of_that_name() -> None:
    told = KEYS.explain("required")
    assert told.startswith("attributes.*.required\n")
    assert "`modality` is also a key of other parts" in KEYS.explain("modality")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("classes.*.bordr", "classes.*.border"),
        ("pixel_spaceing", "images.pixel_spacing"),
        ("escalation.routs", "escalation.routes"),
        ("attributes.*.requird", "attributes.*.required"),
    ],
)
def test_a_misspelled_key_names_the_one_that_was_meant(asked: str, meant: str) -> None:
    with pytest.raises(NoSuchKeyError, match=f"Did you mean `{meant.replace('*', '.')}`"):
        KEYS.explain(asked)
    assert run("explain", asked).exit_code == 2


def test_what_resembles_nothing_names_the_parts_of_a_guideline() -> None:
    result = run("explain", "zzzz")
    assert result.exit_code == 2
    assert "`classes`, " in result.stderr


def test_the_names_that_an_author_gives_may_be_left_out() -> None:
    of_class = KEYS.explain("classes.*.border")
    assert KEYS.explain("classes.border") == KEYS.explain("classes.nodule.border") == of_class
    assert KEYS.explain("attributes.required.when").startswith("attributes.*.required.when\n")
