"""What annotators read after Submit."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from guidelint.labelstudio.banner import banner_of, neutral_banner
from guidelint.validation.finding import Finding, Level, Outcome, Part, Quantity, RegionRef
from guidelint.validation.plan import Route
from guidelint.validation.verdict import Subject, Verdict, decide, escalations

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
        assert {name for name, _ in attrs} <= {"style", "start"}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(html: str) -> str:
    parser = Words()
    parser.feed(html)
    return " ".join("".join(parser.words).split())


def finding(
    *parts: str | Part,
    do: str = "Join the last point to the first.",
    level: Level = "error",
    outcome: Outcome = "departs",
    to: str | None = None,
    regions: tuple[RegionRef, ...] = (NODULE,),
) -> Finding:
    said = tuple(part if isinstance(part, Part) else Part(part) for part in parts)
    evidence = {"gap": Quantity(4.6, "mm")}
    return Finding("f1", "closed-outline", "open", outcome, level, said, do, regions, evidence, "nodule, boundary", to)


OPEN = finding(
    "the outline is open by ",
    Part("4.6 mm", is_evidence=True),
    ", the guideline closes outlines to within ",
    Part("1 mm", is_evidence=True),
)
UNSURE = finding("the malignancy is indeterminate", do="", to="specialist")
UNKNOWN = finding(
    "this could not be checked: the pixel spacing is not known", do="", outcome="cannot-evaluate", regions=()
)
ADVICE = finding("a vertex is repeated", do="Remove it.", level="note")


def verdict(*findings: Finding) -> Verdict:
    subject = Subject("submission", task="1", annotation="1")
    return Verdict(subject, "lung-nodule-ct 1.0.0", "d", "e", findings, decide(findings), escalations(findings))


def test_a_returned_submission_names_region_measure_limit_next_step_and_clause() -> None:
    made = banner_of(verdict(OPEN), ROUTES)
    assert made.status == "returned"
    assert words(made.html.replace("</p>", "</p> ")) == (
        "Returned: 1 thing to change. Region 2 Nodule ≥ 3 mm: the outline is open by 4.6 mm, the guideline closes"
        " outlines to within 1 mm. → Join the last point to the first. § nodule, boundary"
        " Correct it and press Update. lung-nodule-ct 1.0.0"
    )
    assert "<b>4.6 mm</b>" in made.html
    assert "<i>Nodule ≥ 3 mm</i>" in made.html
    assert made.summary == (
        "Returned: 1 thing to change. Region 2 Nodule ≥ 3 mm: the outline is open by 4.6 mm, the guideline closes"
        " outlines to within 1 mm. Join the last point to the first."
    )


@pytest.mark.parametrize(
    ("findings", "begins", "contains"),
    [
        ((), "Accepted.", ""),
        ((ADVICE,), "Accepted.", "Worth a second look; it does not send the image back: Region 2"),
        ((OPEN, OPEN), "Returned: 2 things to change.", ""),
        ((UNSURE,), "Escalated. A thoracic radiologist will look at this within 24 h.", "nothing for you to change"),
        ((OPEN, UNSURE), "Returned: 1 thing to change.", "Somebody else will also look at: Region 2"),
        ((UNKNOWN,), "Could not be checked completely.", "That is nobody's fault: a manager is told"),
        ((UNKNOWN,), "Could not be checked completely.", "This could not be checked: the pixel spacing is not known."),
        (
            (UNKNOWN, OPEN),
            "Returned: 1 thing to change. 1 thing could not be checked. Region 2",
            "Could not be checked; a manager sees to it: This could not be checked: the pixel spacing is not known.",
        ),
        ((UNKNOWN, UNKNOWN, OPEN), "Returned: 1 thing to change. 2 things could not be checked.", ""),
        ((UNKNOWN, UNSURE), "Could not be checked completely.", "Somebody else will also look at: Region 2"),
    ],
    ids=[
        "accepted",
        "with advice",
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
    said = words(banner_of(verdict(*findings), ROUTES).html.replace("</p>", "</p> "))
    assert said.startswith(begins)
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
    made = banner_of(verdict(UNSURE), {"specialist": Route(who=who, within_hours=hours)})
    assert says in words(made.html)


def test_requeued_work_says_where_it_is() -> None:
    assert "back in the queue with all its regions" in banner_of(verdict(OPEN), ROUTES, back_in_queue=True).html


def test_the_neutral_banner_reveals_nothing() -> None:
    made = neutral_banner("escalated")
    assert words(made.html) == "Please read this image on your own. Other readings of it are not shown."


def test_many_findings_fold_away() -> None:
    made = banner_of(verdict(*[OPEN] * 30), ROUTES)
    assert "22 more" in words(made.html)
    assert '<ol start="9">' in made.html


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
    region = RegionRef("r", f"Region 1 {hostile}", "x", 1)
    bad = finding(hostile, Part(hostile, is_evidence=True), do=hostile, regions=(region,))
    made = banner_of(verdict(bad), {})
    parser = Words()
    parser.feed(made.html)
    assert parser.tags <= {"div", "p", "b", "i", "ol", "li", "small", "details", "summary"}
    assert " ".join(hostile.split()) in " ".join("".join(parser.words).split())
    assert "\n" not in made.html, "a blank line would end the block and begin Markdown"


def test_the_summary_of_unverified_work_names_what_could_not_be_checked() -> None:
    made = banner_of(verdict(ADVICE, UNKNOWN), ROUTES)
    assert made.summary == (
        "Could not be checked completely. This could not be checked: the pixel spacing is not known."
    )


def test_the_summary_is_short_and_plain() -> None:
    made = banner_of(verdict(finding("x" * 1000)), ROUTES)
    assert len(made.summary) == 300
    assert "<" not in made.summary
