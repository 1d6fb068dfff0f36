"""What differs only since a class, a question or an option is called otherwise: that is told once, by its rename."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from guidelint.language.versions.successors import successors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.written import WrittenBody


def followers(old: WrittenBody, new: WrittenBody) -> dict[str, str]:
    """Give for each class, question and option that goes on under another key that key."""
    questions = successors(old.attributes, new.attributes)
    found = {**successors(old.classes, new.classes), **questions}
    for name, part in old.attributes.items():
        if (follower := new.attributes.get(questions.get(name, name))) is not None:
            found |= successors(part.options, follower.options)
    return found


def is_of_renaming(old: Any, new: Any, followed: Mapping[str, str]) -> bool:
    """Whether two values are the same, but for names that go on under another."""
    return bool(followed) and old is not None and new is not None and _called(old, followed) == _called(new, {})


def _called(value: Any, followed: Mapping[str, str]) -> Any:
    """Write a value with the names of the later version."""
    if isinstance(value, BaseModel):
        return _called(value.model_dump(mode="json", by_alias=True), followed)
    if isinstance(value, dict):
        return {_called(key, followed): _called(one, followed) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [_called(one, followed) for one in value]
    return followed.get(value, value) if isinstance(value, str) else value
