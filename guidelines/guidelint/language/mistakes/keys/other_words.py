"""What people call the keys of a part, wherever a type says so."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.said import item_meanings, meanings
from guidelint.validation.rule.parameters.shape import MOST_MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


@lru_cache(maxsize=MOST_MODELS)
def other_words(part: type[BaseModel]) -> Mapping[str, str]:
    """Give other words for keys: what a key says of itself first, then what its type says, where one alone has it."""
    said: dict[str, str] = {}
    of_types: defaultdict[str, list[str]] = defaultdict(list)
    for name, field in part.model_fields.items():
        key = field.alias or name
        for one in (*meanings(part, name), *item_meanings(part, name)):
            for word in one.other_words:
                if isinstance(one, AlsoCalled):
                    said.setdefault(word, key)
                else:
                    of_types[word].append(key)
    alone = {word: keys[0] for word, keys in of_types.items() if len(set(keys)) == 1}
    return MappingProxyType(alone | said)
