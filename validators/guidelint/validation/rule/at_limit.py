"""The parameter ``at_limit`` of rules that compare with limits."""

from __future__ import annotations

from typing import Annotated

from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.parameters.limit_itself import Fate, LimitItself

AtLimit = Annotated[Fate, LimitItself(), UnlessEmpty()]
"""The limit itself is kept, or departs: "at most 15 mm", or "under 15 mm"."""
