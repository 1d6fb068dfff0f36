"""The same work in several formats: a guideline for it, and everything that is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.imaging.given import NOTHING_GIVEN
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.fed import fed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.decoder import Decoder
    from guidelint.imaging.given import Given
    from guidelint.validation.judging.plan import Plan

HEAD = """\
guidelint: 1
guideline: same-work
version: 1.0.0
title: The same work
summary: Lesions, organs, devices and spots.
instructions: Mark all of it.
empty_reading: {means: There is nothing.}
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
  apart: {separate: {pairs: [[lesion, lesion], [device, organ]]}}
"""
"""Guideline but for its classes, of which it names lesion, organ and device, and for its delivery."""


def feedable(rest: str, decoder: Decoder) -> Plan:
    """Compile the rules of a guideline that a format feeds. ``rest``: its classes and its delivery."""
    return fed(compile_plan(load(HEAD + rest, "same-work.yaml"), catalogue()), decoder).plan


def told(paths: Sequence[Path], asked: Plan, given: Given = NOTHING_GIVEN) -> list[object]:
    """Everything found, whatever tasks and annotations are called."""
    return [
        (
            record.image,
            [
                (one.rule, one.kind, one.outcome, one.message, tuple(ref.title for ref in one.regions))
                for one in record.verdict.findings
            ],
        )
        for record in Delivery(asked, paths, given=given).records()
        if isinstance(record, Judged)
    ]
