"""Guidelines for tests: one that uses everything a labeling config can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.guideline.load import load

if TYPE_CHECKING:
    from guidelint.guideline.model import Guideline

EVERYTHING = """
guidelint: 1
guideline: every-tool
version: 2.1.0
title: Everything & "more" <of it>
summary: All tools and all questions, for $5.
images:
  keys: {image: slice}
classes:
  mass:
    title: Mass < 3 cm & more
    definition: A "mass" with <b>bold</b> claims, $worth looking at.
    includes: [solid masses, masses with 'air']
    excludes: [cysts & <script>alert(1)</script>]
    draw: [polygon, brush, bitmask]
    color: '#56b4e9'
    hotkey: q
    count: {min: 1, max: 3}
  node:
    title: Lymph node
    definition: A round structure along a vessel.
    draw: [ellipse, rectangle]
  centre:
    title: Centre
    definition: The middle of a mass.
    draw: keypoint
  fissure:
    title: Fissure
    definition: The line between two lobes.
    draw: vector
attributes:
  quality:
    title: Image quality
    of: image
    choose_one: {good: Good, poor: {title: Poor, definition: Not readable.}}
    required: true
  reason:
    title: Why poor
    of: image
    text: {}
    required: {when: {quality: poor}}
  findings:
    title: Other findings
    of: image
    choose_many: {effusion: Effusion, fracture: Fracture}
  suspicion:
    title: Suspicion
    definition: How suspicious it looks.
    of: [mass, node]
    scale: {1: None, 2: Some, 3: High}
    higher_means: more suspicious
    required: true
  margin:
    title: Margin
    of: mass
    choose_one: {sharp: Sharp, blurred: Blurred}
    required: {when: {suspicion: ['2', '3']}}
  length:
    title: Length
    of: mass
    number: {min: 0, max: 300, step: 0.5, unit: mm}
empty_reading:
  say: {quality: poor}
instructions: |
  # Before you begin

  Read *every* image.

  | a | b |
  |--:|---|
  | 1 | <script>alert(2)</script> |
"""


def everything() -> Guideline:
    """All tools, all kinds of question, conditions, and characters that mean something to XML and HTML."""
    return load(EVERYTHING)


def parsed(xml: str) -> ET.Element:
    """XML that the test wrote itself, or had compiled."""
    return ET.fromstring(xml)  # noqa: S314 - nothing of it comes from outside
