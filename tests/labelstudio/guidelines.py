"""Guidelines for tests: one that uses everything a labeling config can hold."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
from PIL import Image

from guidelint.language.load import load

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline

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


def phantom() -> str:
    """A slice of 512 × 512 pixels with two lungs and a bright disc at (180, 240), as a data URL."""
    row, column = np.mgrid[:512, :512]
    pixels = np.full((512, 512), 20, np.uint8)
    pixels[((column - 256) / 240) ** 2 + ((row - 256) / 190) ** 2 < 1] = 120
    for centre in (150, 362):
        pixels[((column - centre) / 85) ** 2 + ((row - 256) / 140) ** 2 < 1] = 35
    pixels[(column - 180) ** 2 + (row - 240) ** 2 < 14**2] = 150
    with io.BytesIO() as file:
        Image.fromarray(pixels).save(file, "PNG")
        return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
