"""The one state of what cannot be told here, from kernels to rules."""


class NotMeasurable(Exception):  # noqa: N818 - a state of the data, not a fault of the program
    """Something cannot be told here: no measure can be taken, or a question has no answer. The reason is for people."""
