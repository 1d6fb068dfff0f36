"""The one state of a measure that cannot be taken."""


class NotMeasurable(Exception):  # noqa: N818 - a state of the data, not a fault of the program
    """A measure cannot be taken; the reason is for the reader."""
