"""What changes from one version to another, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.json_text import json_text

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.versions.comparison import Comparison


def as_json(found: Comparison) -> str:
    """Write everything."""
    told = {
        "old": _version(found.old),
        "new": _version(found.new),
        "moves": found.moves,
        "because": found.because,
        "least_version": found.least_version,
        "is_numbered": found.is_numbered,
        "everybody_again": found.everybody_again,
        "changes": [
            {
                "path": ".".join(map(str, change.path)),
                "where": change.where,
                "what": change.what,
                "group": change.effect.group,
                "moves": change.effect.moves,
                "because": change.effect.because,
            }
            for change in found.changes
        ],
    }
    return json_text(told)


def _version(guideline: Guideline) -> dict[str, str]:
    return {
        "guideline": guideline.name,
        "version": guideline.version,
        "status": guideline.status,
        "text_digest": guideline.text_digest,
    }
