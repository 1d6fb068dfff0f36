"""What annotators read after Submit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from guidelint.annotation.region_ref import RegionRef
from guidelint.labelstudio.writeback.banner import banner_of, neutral_banner
from guidelint.labelstudio.writeback.summary import LONGEST, rules_concerned, what_to_change
from guidelint.language.form.places.places import TOLD_NOWHERE
from guidelint.validation.judging.finding import Finding, Outcome
from guidelint.validation.judging.plan import Route
from guidelint.validation.judging.verdict import Verdict, decide, escalations
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import MessagePart
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.rule.rule import Level

CLAUSE, PLACE = "classes.nodule.rules.closed-outline", "Nodule › Boundary"
NODULE = RegionRef("r2", "Region 2 Nodule ≥ 3 mm", "nodule", 2)
ROUTES = {"specialist": Route(who="thoracic radiologist", within_hours=24.0, readers=2)}


class Words(HTMLParser):
    """Text of a banner, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"class", "role", "aria-hidden"}, "colours come from the style sheet"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(html: str) -> str:
    parser = Words()
    parser.feed(html)
    return " ".join("".join(parser.words).replace("\N{VARIATION SELECTOR-15}", "").split())


def spaced(html: str) -> str:
    """Keep what stands in blocks of its own apart."""
    return re.sub("</(p|li|summary)>", r"</\1> ", html)


def finding(
    *parts: str | MessagePart,
    do: str = "Join the last point to the first.",
    level: Level = "error",
    outcome: Outcome = "departs",
    to: str | None = None,
    regions: tuple[RegionRef, ...] = (NODULE,),
) -> Finding:
    said = tuple(part if isinstance(part, MessagePart) else MessagePart(part) for part in parts)
    evidence = {"gap": Quantity(4.6, "mm")}
    return Finding(
        "f1", "closed-outline", "open", outcome, level, said, do, regions, evidence, CLAUSE, to, heading=PLACE
    )


OPEN = finding(
    "the outline is open by ",
    MessagePart("4.6 mm", is_evidence=True),
    ", the guideline closes outlines to within ",
    MessagePart("1 mm", is_evidence=True),
)
UNSURE = finding("the malignancy is indeterminate", do="", to="specialist")
UNKNOWN = finding(
    "this could not be checked: the pixel spacing is not known", do="", outcome="cannot-evaluate", regions=()
)
BEYOND_REACH = replace(finding("the image was made by MR", do="Tell a manager.", regions=()), beyond_reach=True)
ADVICE = finding("a vertex is repeated", do="Remove it.", level="note")


def verdict(*findings: Finding) -> Verdict:
    subject = Subject("submission", task="1", annotation="1")
    return Verdict(subject, "lung-nodule-ct 1.0.0", "d", "e", findings, decide(findings), escalations(findings))


@dataclass(frozen=True)
class Made:
    """What is said beside the image, and in a column."""

    html: str
    summary: str


def made_of(judged: Verdict, routes: Mapping[str, Route]) -> Made:
    return Made(banner_of(judged, routes), what_to_change(judged, routes))


def test_a_returned_submission_names_region_measure_limit_next_step_and_clause() -> None:
    made = made_of(verdict(OPEN), ROUTES)
    assert words(spaced(made.html)) == (
        "↩ Returned: 1 thing to change. Region 2 Nodule ≥ 3 mm: the outline is open by 4.6 mm, the guideline closes"
        " outlines to within 1 mm. → Join the last point to the first. § Nodule › Boundary"
        " Correct it and press Update. lung-nodule-ct 1.0.0"
    )
    assert "<b>4.6 mm</b>" in made.html
    assert "<i>Nodule ≥ 3 mm</i>" in made.html
    assert made.summary == (
        "Region 2 Nodule ≥ 3 mm: the outline is open by 4.6 mm, the guideline closes outlines to within 1 mm"
    )


@pytest.mark.parametrize(
    ("findings", "begins", "contains"),
    [
        ((), "Accepted.", ""),
        ((ADVICE,), "Accepted.", "Also noticed; it does not send the image back: Region 2"),
        ((BEYOND_REACH,), "Returned: the image or an import is at fault.", "There is nothing for you to change."),
        ((BEYOND_REACH, OPEN), "Returned: 2 things to change", "Correct it and press Update."),
        ((OPEN, OPEN), "Returned: 2 things to change.", ""),
        ((UNSURE,), "Escalated. A thoracic radiologist will look at this within 24 h.", "nothing for you to change"),
        ((OPEN, UNSURE), "Returned: 1 thing to change.", "Somebody else will also look at: Region 2"),
        ((UNKNOWN,), "Could not be checked completely.", "There is nothing for you to change: a manager is told"),
        ((UNKNOWN,), "Could not be checked completely.", "The pixel spacing is not known."),
        (
            (UNKNOWN, OPEN),
            "Returned: 1 thing to change. 1 thing could not be checked. Region 2",
            "Could not be checked; a manager sees to it: The pixel spacing is not known.",
        ),
        ((UNKNOWN, UNKNOWN, OPEN), "Returned: 1 thing to change. 2 things could not be checked.", ""),
        ((UNKNOWN, UNSURE), "Could not be checked completely.", "Somebody else will also look at: Region 2"),
    ],
    ids=[
        "accepted",
        "with advice",
        "the image is at fault",
        "the image is at fault, and an outline",
        "two",
        "escalated",
        "returned, escalated",
        "unverified",
        "why",
        "returned, unverified",
        "returned, unverified twice",
        "unverified, escalated",
    ],
)
def test_each_decision_in_words(findings: tuple[Finding, ...], begins: str, contains: str) -> None:
    said = words(spaced(banner_of(verdict(*findings), ROUTES)))
    assert said.partition(" ")[2].startswith(begins), "after the sign"
    assert contains in said


@pytest.mark.parametrize(
    ("who", "hours", "says"),
    [
        ("thoracic radiologist", 24.0, "A thoracic radiologist will look at this within 24 h."),
        ("Senior reader", 24.0, "A senior reader will look at this within 24 h."),
        ("attending", 0.5, "An attending will look at this within 30 min."),
        ("the tumour board", None, "The tumour board will look at this."),
        ("Dr Who", 72.0, "Dr Who will look at this within 72 h."),
    ],
)
def test_who_takes_an_escalation_reads_like_a_sentence(who: str, hours: float | None, says: str) -> None:
    made = made_of(verdict(UNSURE), {"specialist": Route(who=who, within_hours=hours)})
    assert says in words(made.html)


def test_a_number_and_its_unit_stay_on_one_line_and_no_other_space_parts_lines() -> None:
    html = banner_of(verdict(finding("it covers 95\u00a0% of\r\n\r\n\x0b\u2028\u0085it")), ROUTES)
    assert "it covers 95\u00a0% of it" in html
    assert len(html.splitlines()) == 1


def test_requeued_work_says_where_it_is() -> None:
    assert "back in the queue with all its regions" in banner_of(verdict(OPEN), ROUTES, back_in_queue=True)


def test_the_neutral_banner_reveals_nothing() -> None:
    assert words(neutral_banner()) == "Please read this image on your own. Other readings of it are not shown."


def region(number: int, title: str = "Nodule") -> RegionRef:
    return RegionRef(f"r{number}", f"Region {number} {title}", title.lower(), number)


def unanswered(number: int, question: str = "Malignancy") -> Finding:
    said = MessagePart(question, is_evidence=True), " is not answered"
    return finding(*said, do="Select the region and answer it.", regions=(region(number),))


def far(number: int, gap_mm: float) -> Finding:
    gap = MessagePart(f"{gap_mm} mm", is_evidence=True, value=gap_mm)
    return finding("the outline is open by ", gap, "; at most 1 mm", regions=(region(number),))


def said_of(*findings: Finding) -> str:
    return words(spaced(banner_of(verdict(*findings), ROUTES)))


def test_what_is_equal_is_said_once_with_all_its_regions_and_needs_no_fold() -> None:
    made = made_of(verdict(*map(unanswered, (1, 2, 3, 4, 5, 6))), ROUTES)
    assert "<details" not in made.html
    assert words(spaced(made.html)) == (
        "↩ Returned: 6 things to change. Regions 1 to 6: Malignancy is not answered. → Select the region and answer it."
        " § Nodule › Boundary Correct it and press Update. lung-nodule-ct 1.0.0"
    )
    assert made.summary == "Regions 1–6: Malignancy is not answered"


def test_several_kinds_fold_away_under_one_line_that_says_how_many_and_where() -> None:
    made = made_of(verdict(*map(unanswered, (1, 2, 4)), *(unanswered(number, "Margin") for number in (1, 2, 3, 6))), {})
    assert made.html.startswith('<div class="glv glv-returned" role="status"><details><summary>')
    summary, _, inside = words(spaced(made.html)).partition(" Regions 1")
    assert summary == "↩ Returned: 7 things to change, 2 kinds, in regions 1 to 4 and 6."
    assert inside.startswith(", 2 and 4: Malignancy is not answered.")
    assert "Regions 1 to 3 and 6: Margin is not answered." in inside
    assert made.html.count("<li>") == 2
    assert made.summary == "Regions 1, 2 and 4: Malignancy is not answered; +1 more"


def test_of_very_many_kinds_the_first_are_told_and_the_others_counted() -> None:
    many = [unanswered(number, f"Margin {number}") for number in range(1, 1203)]
    html = banner_of(verdict(*many, ADVICE), ROUTES)
    said = words(spaced(html))
    assert said.startswith("↩ Returned: 1202 things to change, in regions 1 to 1202.")
    assert "Region 100 Nodule: Margin 100 is not answered." in said
    assert "§ Nodule › Boundary and 1,102 more Also noticed" in said
    assert (html.count("<li>"), "Margin 101" in said) == (102, False)
    assert "more" not in said_of(*many[:100])


def test_where_only_the_measure_differs_the_measures_are_listed_in_the_order_of_the_regions() -> None:
    assert "Regions 1 and 3: the outline is open by 4.6 mm, 3.1 mm; at most 1 mm." in said_of(far(1, 4.6), far(3, 3.1))


def test_of_many_measures_the_smallest_and_the_largest_are_told() -> None:
    said = said_of(*(far(number, number + 0.5) for number in range(1, 10)))
    assert "Regions 1 to 9: the outline is open by 1.5 mm to 9.5 mm; at most 1 mm." in said


def test_findings_that_differ_in_words_stay_apart() -> None:
    said = said_of(unanswered(1, "Malignancy"), unanswered(1, "Margin"))
    assert "Region 1 Nodule: Malignancy is not answered." in said
    assert "Region 1 Nodule: Margin is not answered." in said


def test_one_reason_why_several_rules_cannot_tell_is_said_once_with_all_their_places() -> None:
    unknown = [
        replace(UNKNOWN, id=f"f{number}", rule=rule, heading=heading, regions=(region(number),))
        for number in (1, 2)
        for rule, heading in (("area-limits", "Nodule › Size"), ("closed-outline", "Nodule › Boundary"))
    ]
    assert said_of(*unknown) == (
        "? Could not be checked completely. Regions 1 and 2: the pixel spacing is not known."
        " § Nodule › Size, § Nodule › Boundary There is nothing for you to change: a manager is told and sees to it."
        " lung-nodule-ct 1.0.0"
    )


def test_pairs_of_regions_stay_pairs() -> None:
    one, other = (
        finding("one repeats the other", regions=pair) for pair in ((region(1), region(2)), (region(3), region(4)))
    )
    said = said_of(one, replace(other, id="f2"))
    assert "Region 1 Nodule and Region 2 Nodule: one repeats the other." in said
    assert "Region 3 Nodule and Region 4 Nodule: one repeats the other." in said


def test_a_finding_about_very_many_regions_counts_the_rest() -> None:
    objects = tuple(
        RegionRef(f"r{n}", f"Object {n}: Region 1 Nodule of task {n}", task=str(n), number=1) for n in range(9)
    )
    assert "Object 5: Region 1 Nodule of task 5 and 3 more: one repeats the other." in said_of(
        finding("one repeats the other", regions=objects)
    )


def test_signs_are_not_read_out_and_every_decision_has_one_and_a_word() -> None:
    for findings in ((), (OPEN,), (UNSURE,), (UNKNOWN,)):
        html = banner_of(verdict(*findings), ROUTES)
        sign = re.search(r'<span class="glv-sign" aria-hidden="true">(.+?)</span> <b>([A-Z]\w+)', html)
        assert sign, html
    assert '<span class="glv-next" aria-hidden="true">→</span>' in banner_of(verdict(OPEN), ROUTES)


def test_the_rules_concerned_are_named_once_those_to_change_first() -> None:
    assert (
        rules_concerned(verdict(replace(ADVICE, rule="clean-vertices"), OPEN, OPEN)) == "closed-outline, clean-vertices"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{x}} ${x}",
        "a\n\n# b\n\n- list",
        "&lt;b&gt;",
    ],
)
def test_what_others_wrote_stays_text(hostile: str) -> None:
    ref = RegionRef("r", f"Region 1 {hostile}", "x", 1)
    bad = finding(hostile, MessagePart(hostile, is_evidence=True), do=hostile, regions=(ref,))
    made = made_of(verdict(bad), {})
    parser = Words()
    parser.feed(made.html)
    assert parser.tags <= {"div", "p", "b", "i", "ul", "li", "small", "span", "details", "summary"}
    assert " ".join(hostile.split()) in " ".join("".join(parser.words).split())
    assert "\n" not in made.html, "a blank line would end the block and begin Markdown"


def test_the_summary_of_unverified_work_names_what_could_not_be_checked() -> None:
    made = made_of(verdict(ADVICE, UNKNOWN), ROUTES)
    assert made.summary == "This could not be checked: the pixel spacing is not known"


def test_the_summary_without_anything_to_change_says_the_decision() -> None:
    assert what_to_change(verdict(), ROUTES) == "Accepted."
    assert what_to_change(verdict(UNSURE), ROUTES) == "Region 2 Nodule ≥ 3 mm: the malignancy is indeterminate"


def test_the_summary_is_short_and_plain_and_still_says_how_much_more_there_is() -> None:
    made = made_of(verdict(finding("x" * 1000), UNSURE, unanswered(1)), ROUTES)
    assert len(made.summary) == LONGEST
    assert made.summary.endswith("…; +1 more")
    assert "<" not in made.summary


@pytest.mark.parametrize("heading", sorted(TOLD_NOWHERE))
def test_no_place_is_named_where_nothing_is_told(heading: str) -> None:
    made = made_of(verdict(replace(OPEN, heading=heading)), ROUTES)
    assert "§" not in made.html
    assert heading not in made.html


def test_a_sentence_begins_with_a_capital_where_it_begins_with_what_was_measured() -> None:
    said = finding(MessagePart("origin", is_evidence=True), " cannot be read", regions=())
    assert "<b>Origin</b> cannot be read." in banner_of(verdict(said), ROUTES)
