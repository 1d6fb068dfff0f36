"""The drawing of the house: packages from top to bottom, their rooms, what each is for, and what imports what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from architecture.levels import as_high_as_possible, as_low_as_possible, direct
from architecture.paper import Paper, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from architecture.house import Package, Room

TITLE = "The packages of guidelint and their rooms; imports go down only"
NAME_PX, TEXT_PX = 13, 12
LINE_PX = 16
PAD_PX, GAP_PX = 12, 14


@dataclass(frozen=True)
class Look:
    """How wide a drawing is."""

    width: int
    columns: int
    """Rooms beside each other; where there is one column, no arrows are drawn between rooms."""
    side: int
    """Width of what is said of a package beside its rooms; 0: it is said above them."""
    row_gap: int
    """Height for arrows between rows."""


WIDE = Look(1000, 4, 236, 26)
NARROW = Look(380, 1, 0, 8)


@dataclass(frozen=True)
class Card:
    """What is said in a box at its place."""

    name: str
    said: tuple[str, ...]
    also: tuple[str, ...]
    """Said less loudly."""
    x: float
    y: float
    width: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + LINE_PX * (1 + len(self.said) + len(self.also)) + PAD_PX * 1.4

    @property
    def middle(self) -> float:
        """Where arrows leave and arrive."""
        return self.x + self.width / 2


def drawing(packages: Sequence[Package], look: Look) -> str:
    """Draw packages, each above all that it imports. Raises CircleError."""
    by_name = {package.name: package for package in packages}
    order = [name for level in as_low_as_possible({one.name: one.imports for one in packages}) for name in level]
    paper = Paper(look.width, TITLE, f"From top to bottom: {', '.join(order)}")
    y = float(GAP_PX)
    for name in order:
        below = [one for one in order if one in by_name[name].imports]
        y = _band(paper, by_name[name], below, y, look) + GAP_PX
    return paper.text(y)


def _band(paper: Paper, package: Package, imports: Sequence[str], y: float, look: Look) -> float:
    """Draw a package, and give where it ends."""
    left, inner = GAP_PX + PAD_PX, look.width - 2 * (GAP_PX + PAD_PX)
    heading = list(_heading(package, imports, look.side - PAD_PX if look.side else inner))
    heading_end = y + PAD_PX + LINE_PX * len(heading)
    top = y + PAD_PX if look.side else heading_end + PAD_PX
    rooms = _rooms(package, left + look.side, top, inner - look.side, look)
    cards = [*rooms.values(), *_files(package, rooms, left + look.side, top, inner - look.side)]
    end = max(heading_end, *(card.bottom for card in cards)) + PAD_PX
    paper.box("band", GAP_PX, y, look.width - 2 * GAP_PX, end - y)
    for number, (kind, text) in enumerate(heading):
        size = NAME_PX + 2 if kind == "name" else TEXT_PX
        paper.words(kind, left, y + PAD_PX + LINE_PX * (number + 0.75), size, text)
    if look.columns > 1:
        _arrows(paper, package, rooms)
    for card in cards:
        _draw(paper, card)
    return end


def _heading(package: Package, imports: Sequence[str], width: float) -> Iterator[tuple[str, str]]:
    """Yield what is said of a package, line by line, with the kind of each line."""
    yield "name", package.name
    yield "soft", f"in {package.root}/guidelint"
    yield from (("", line) for line in lines(package.purpose, TEXT_PX, width))
    told = f"imports {', '.join(imports)}" if imports else "imports no package of ours"
    yield from (("soft", line) for line in lines(told, TEXT_PX, width))


def _rooms(package: Package, x: float, y: float, width: float, look: Look) -> dict[str, Card]:
    """Put the rooms in rows, each above all that it imports."""
    rooms = {room.name: room for room in package.rooms}
    cards: dict[str, Card] = {}
    for level in as_high_as_possible(package.between):
        for row in _rows(level, look.columns):
            card_width = (width - GAP_PX * (len(row) - 1)) / len(row)
            step = card_width + GAP_PX
            placed = {name: _card(rooms[name], x + at * step, y, card_width) for at, name in enumerate(row)}
            cards |= placed
            y = max(card.bottom for card in placed.values()) + look.row_gap
    return cards


def _rows(level: list[str], columns: int) -> list[list[str]]:
    """Divide a level into rows of about the same length."""
    rows = -(-len(level) // columns)
    return [level[number * len(level) // rows : (number + 1) * len(level) // rows] for number in range(rows)]


def _card(room: Room, x: float, y: float, width: float) -> Card:
    said = lines(room.purpose, TEXT_PX, width - 2 * PAD_PX)
    also = lines(f"rooms: {', '.join(room.rooms)}", TEXT_PX, width - 2 * PAD_PX) if room.rooms else []
    return Card(f"{room.name}/", tuple(said), tuple(also), x, y, width)


def _files(package: Package, rooms: Mapping[str, Card], x: float, top: float, width: float) -> list[Card]:
    """Name the modules that stand in no room, below all rooms."""
    if not package.files:
        return []
    y = max((card.bottom + GAP_PX for card in rooms.values()), default=top)
    said = lines(", ".join(package.files), TEXT_PX, width - 2 * PAD_PX)
    return [Card("beside the rooms" if rooms else "no rooms", (), tuple(said), x, y, width)]


def _draw(paper: Paper, card: Card) -> None:
    paper.box("card", card.x, card.y, card.width, card.bottom - card.y)
    base = card.y + PAD_PX * 0.7 + LINE_PX * 0.75
    paper.words("name", card.x + PAD_PX, base, NAME_PX, card.name)
    shown = [*(("", line) for line in card.said), *(("soft", line) for line in card.also)]
    for number, (kind, line) in enumerate(shown, 1):
        paper.words(kind, card.x + PAD_PX, base + number * LINE_PX, TEXT_PX, line)


def _arrows(paper: Paper, package: Package, cards: Mapping[str, Card]) -> None:
    """Draw what imports what; the cards cover what passes behind them."""
    for above, below in direct(package.between):
        paper.arrow(cards[above].middle, cards[above].bottom, cards[below].middle, cards[below].y)
