"""What a running service needs to know. Secrets come from the environment or files, never the command line."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guidelint.labelstudio.connection import credentials
from guidelint.labelstudio.connection.credentials import CredentialError, credential_file

if TYPE_CHECKING:
    from collections.abc import Mapping

STORE_VARIABLE = "GUIDELINT_STORE"
SECRET_VARIABLE = "GUIDELINT_SECRET"  # noqa: S105 - the name of a variable
SECRET_FILE_VARIABLE = "GUIDELINT_SECRET_FILE"  # noqa: S105 - the name of a variable
TOKEN_FILE_VARIABLE = "GUIDELINT_TOKEN_FILE"  # noqa: S105 - the name of a variable
_NO_SECRET = f"there is no webhook secret: set {SECRET_VARIABLE} or give --secret-file"
SHORTEST_SECRET = 16
LONGEST_S, LONGEST_DAYS = 1e8, 36_500.0
"""Times can be reckoned with up to this."""


def default_store(environment: Mapping[str, str] = os.environ) -> str:
    """Where the store lies unless another is named: in the user's data folder (XDG), whatever folder one works in."""
    data = environment.get("XDG_DATA_HOME", "")
    folder = Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"  # relative ones do not count
    return str(folder / "guidelint" / "guidelint.db")


DEFAULT_STORE = default_store()


class SettingsError(ValueError):
    """The service cannot start like this; the message says what is missing and how to give it."""


_SET_BY_PEOPLE = {
    "sweep_every_s": ("--sweep-every", LONGEST_S),
    "open_after_s": ("--open-after", LONGEST_S),
    "oldest_pending_s": ("--longest-wait", LONGEST_S),
    "keep_inbox_days": ("--keep-inbox-days", LONGEST_DAYS),
    "keep_history_days": ("--keep-history-days", LONGEST_DAYS),
}
"""Setting → its option, and the most that it may be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one service."""

    store: str
    """URL of the store."""
    servers: dict[str, str]
    """Address of each Label Studio → token."""
    token_file: str = ""
    """File that the tokens came from: it is read again when one is not accepted any more."""
    secret: str = ""
    """Shared secret of the webhooks; one that only judges and sweeps needs none."""
    older_secrets: tuple[str, ...] = ()
    """Secrets that are accepted besides, until every webhook carries the new one."""
    facts: str = ""
    """A table, or a folder of DICOM files, that tells of images what tasks do not; empty: none."""
    images: tuple[str, ...] = ()
    """Places of images that are asked before Label Studio itself."""
    inside: tuple[str, ...] = ()
    """Networks of one's own that addresses of images may lead to."""
    host: str = "127.0.0.1"
    port: int = 8099
    hold_ms: int = 600
    """Longest time that an answer waits for verdict and banner; 0: never waits."""
    hold_at_most: int = 2
    """So many answers may wait at once."""
    body_within_s: float = 20.0
    """So long the body of a delivery may take to arrive."""
    validated_within_s: float = 10.0
    """So long judging may take for somebody who asks before handing in."""
    oldest_pending_s: float = 120.0
    """Whoever waits longer for a verdict waits too long: the service is not ready then."""
    workers: int = 2
    """Tasks that are judged at once."""
    sweep_every_s: float = 60.0
    """0: never by itself."""
    full_sweep_every_s: float = 3600.0
    """Every task is looked at again after this."""
    open_after_s: float = 20.0
    """How long the first reader of an escalated task still sees the verdict, before the next reader may open it."""
    keep_inbox_days: float = 0.0
    """So long hints that were dealt with are kept; 0: for ever."""
    keep_history_days: float = 0.0
    """So long versions and verdicts are kept that newer ones have replaced; 0: for ever."""

    def __post_init__(self) -> None:
        """Raise SettingsError when a time is none: not finite, negative, or longer than can be reckoned with."""
        for name, (option, most) in _SET_BY_PEOPLE.items():
            value: float = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= most):
                raise SettingsError(f"{option} is {value}: a number from 0 to {most:.0f} is needed")


def secret_from(file: Path | None, environment: Mapping[str, str] = os.environ) -> str:
    """Find the webhook secret that is pushed. Raises SettingsError as ``secrets_from`` does."""
    return secrets_from(file, environment)[0]


def secrets_from(file: Path | None, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Find the webhook secrets, one a line: the first is pushed, all are accepted.

    Raises SettingsError when there is none, or one that is easily guessed.
    """
    text = _read(file) if file else environment.get(SECRET_VARIABLE, "")
    secrets = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not all(secret.isascii() and secret.isprintable() and not secret.startswith("#") for secret in secrets):
        raise SettingsError(
            "a webhook secret cannot be sent: secrets are lines of ASCII letters, digits and signs, and none begins"
            " with #"
        )
    if not secrets:
        lacks = f"{file} is empty: write a webhook secret into it" if file else _NO_SECRET
        raise SettingsError(f"{lacks}, the same secret that `guidelint push` puts into the webhook")
    if min(map(len, secrets)) < SHORTEST_SECRET:
        raise SettingsError(f"the webhook secret is shorter than {SHORTEST_SECRET} characters: make a longer one")
    return secrets


def tokens_from(
    addresses: tuple[str, ...], file: Path | None, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Token of each server, as ``credentials`` finds them. Raises SettingsError when a server has none."""
    try:
        return credentials.tokens_from(addresses, file, environment)
    except CredentialError as error:
        raise SettingsError(str(error)) from error


def _read(file: Path) -> str:
    try:
        return credential_file(file)
    except CredentialError as error:
        raise SettingsError(str(error)) from error
