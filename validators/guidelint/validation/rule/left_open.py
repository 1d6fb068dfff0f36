"""What cannot be told since nobody had to answer."""

from guidelint.geometry.not_measurable import NotMeasurable


class LeftOpen(NotMeasurable):
    """A question that need not be answered was not, or none is asked, so that nothing follows."""


class NothingBefore(LeftOpen):
    """Something is there for the first time, so that there is nothing to compare it with."""


class NotRead(NotMeasurable):
    """What all else is compared with is not among what is read; it may come yet."""
