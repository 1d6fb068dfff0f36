"""What a guideline says otherwise than the one that it extends."""

from guidelint.language.form.fields import Written


class Change(Written):
    """A key that both have, with another value."""

    path: tuple[str, ...]
    """Where it stands."""
    there: str
    """What the base says."""
    here: str
    """What counts."""

    @property
    def where(self) -> str:
        """Say where it stands, from the outermost key."""
        return ": ".join(self.path)


class Narrowed(Written):
    """The base of a guideline, and what is written otherwise than there."""

    base: str
    """As the guideline names it."""
    title: str
    """Title of the base."""
    version: str
    """Version of the base."""
    changes: tuple[Change, ...] = ()
    """What both say, and say differently."""
