"""What happens to texts: letters are lost, signs slip in, lines move."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

PIECES = (
    *(": ", "- ", "[", "]", "{", "}", "'", '"', "\n", "\n  ", "\t", "#", "|", ">", "&a", "*a", "!!x", "~", "null"),
    *("1e999", "image", "nodule", "9" * 40, "\u202e", "\u2028", "\x85", "é", "肺", "🫁", "---\n", "? ", "<<: ", "%"),
)


def damaged(text: str, chance: random.Random) -> str:
    """The text with some letters lost, doubled, or something else in their place."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 1, 1, 5, 40]))
        text = text[:start] + chance.choice(["", chance.choice(PIECES), text[end : end + 30]]) + text[end:]
    return text


def moved(text: str, chance: random.Random) -> str:
    """The text with some lines lost, or standing elsewhere."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        taken = lines.pop(chance.randrange(len(lines)))
        if chance.random() < 0.7:
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(["", "  "]) + taken)
    return "".join(lines)
