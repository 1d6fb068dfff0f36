"""A rule that a guideline may set tells annotators what it asks and when it departs, in titles and not in keys."""

from __future__ import annotations

import re
from typing import ClassVar, get_args

from guidelint.validation.rule.image_fact import FACTS
from guidelint.validation.rule.names import Names
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import meaning
from guidelint.validation.rule.rule import Rule
from guidelint.validation.testing.examples import KEY, another, given_to, is_title, titled, told


class IsTold:
    """Sentences for annotators."""

    rules: ClassVar[tuple[type[Rule], ...]] = ()

    def test_it_is_told_in_words_of_its_own(self, settable: type[Rule]) -> None:
        """The words of its documentation are for authors; a rule that is always on never escalates."""
        assert settable.told is not Rule.told
        assert (settable.told_if is not Rule.told_if) is not settable.always

    def test_it_is_told_as_a_sentence_and_as_a_condition(self, settable: type[Rule]) -> None:
        """The one stands alone, the other reads on from "if"."""
        for given in given_to(settable):
            asked, *escalating = told(settable, given, titled(settable, given)[0])
            assert re.fullmatch(r"[A-Z].*[^.]\.", asked), asked
            assert [words for words in escalating if words.endswith(".") or not words] == []
            assert "  " not in asked + "".join(escalating)

    def test_it_is_told_without_keys_and_names_of_parameters(self, settable: type[Rule]) -> None:
        """Annotators know neither."""
        for given in given_to(settable):
            for words in told(settable, given, titled(settable, given)[0]):
                assert KEY not in words
                assert "_" not in words
                assert settable.id() not in words or "-" not in settable.id()

    def test_everything_that_it_is_about_is_named_by_its_title(self, settable: type[Rule]) -> None:
        """Classes, questions and answers, as annotators see them."""
        for given in given_to(settable):
            untitled = {name: value for name, value in given.items() if not is_title(settable, name)}
            names, wanted = titled(settable, untitled)
            for words in told(settable, untitled, names):
                assert [title for title in wanted if title not in words] == []

    def test_what_a_guideline_sets_is_told(self, settable: type[Rule], parameter: str) -> None:
        """Another value gives other words."""
        default = {parameter: settable.model_fields[parameter].default}
        given = next((one for one in given_to(settable) if parameter in one), {**next(given_to(settable)), **default})
        changed = {**given, parameter: another(settable, parameter, given[parameter])}
        before = told(settable, given, titled(settable, given)[0])
        after = told(settable, changed, titled(settable, changed)[0])
        assert all(one != other for one, other in zip(before, after, strict=True)), before

    def test_a_multiple_of_an_image_fact_is_told_in_words(self, settable: type[Rule], parameter: str) -> None:
        """Where a length, an area or a volume may be one: annotators read of which fact."""
        amount = meaning(settable, parameter, Amount)
        if amount is None or amount.multiple is None:
            return
        fact = next(iter(get_args(amount.multiple.model_fields["of"].annotation)))
        given = next((one for one in given_to(settable) if parameter in one), next(given_to(settable)))
        multiple = {**given, parameter: {"times": 2, "of": fact}}
        for words in told(settable, multiple, titled(settable, given)[0]):
            assert f"2 × {FACTS[fact].told}" in words

    def test_the_classes_that_it_is_used_on_are_named(self, settable: type[Rule]) -> None:
        """Where it is used on some: as rules of a class are, and those that take classes."""
        takes = [name for name in settable.parameters() if meaning(settable, name, Concerned)]
        if not settable.scope.per_class and (not takes or settable.always):
            return
        keys = (f"{KEY}mass", f"{KEY}node")
        names = Names({keys[0]: "Mass", keys[1]: "Lymph node"}, concerned=keys)
        given = {name: value for name, value in next(given_to(settable)).items() if name not in takes}
        for words in told(settable, given, names):
            assert "Mass or Lymph node" in words
