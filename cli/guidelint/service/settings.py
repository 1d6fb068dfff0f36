"""What a running service needs to know. Secrets come from the environment or files, never the command line."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guidelint.labelstudio.connection.address import normal_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STORE_VARIABLE = "GUIDELINT_STORE"
SECRET_VARIABLE = "GUIDELINT_SECRET"  # noqa: S105 - the name of a variable
TOKEN_VARIABLE = "GUIDELINT_TOKEN"  # noqa: S105 - the name of a variable
SECRET_FILE_VARIABLE = "GUIDELINT_SECRET_FILE"  # noqa: S105 - the name of a variable
TOKEN_FILE_VARIABLE = "GUIDELINT_TOKEN_FILE"  # noqa: S105 - the name of a variable
_NO_SECRET = f"there is no webhook secret: set {SECRET_VARIABLE} or give --secret-file"
SHORTEST_SECRET = 16
FILE_LIMIT_BYTES = 64 * 1024
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
    """Token of each server, from the variable (one for all) or a file.

    The file holds one token, or lines ``ADDRESS TOKEN``. Raises SettingsError when a server has none.
    """
    text = _read(file) if file else environment.get(TOKEN_VARIABLE, "").strip()
    by_address = _by_address(text, str(file or TOKEN_VARIABLE))
    servers = {_address(address): "" for address in addresses} or dict.fromkeys(by_address, "")
    for address in servers:
        token = by_address.get(address) or (text if not by_address else "")
        if not token:
            raise SettingsError(f"there is no token for {address}: {_token_wanted(address, file, by_address)}")
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise SettingsError(
                f"what is given as the token for {address} is none: a token is one word of ASCII letters, digits and"
                " signs. A token file holds one, or lines ADDRESS TOKEN and nothing else"
            )
        servers[address] = token
    if not servers:
        lines = f", or lines ADDRESS TOKEN in {file}" if file else ""
        raise SettingsError(f"no Label Studio is named: give its address, e.g. http://localhost:8080{lines}")
    return servers


def _token_wanted(address: str, file: Path | None, there: Iterable[str]) -> str:
    """Say how to give a token, and for which servers there are some."""
    if not file:
        return f"set {TOKEN_VARIABLE} or give --token-file"
    others = f", or give an address that stands there: {', '.join(there)}" if there else ""
    return f"add a line to {file}: {address} TOKEN{others}"


def _by_address(text: str, place: str) -> dict[str, str]:
    """Tokens by their addresses; none where the text is a token and nothing else. Raises SettingsError."""
    if len(text.split()) == 1:
        return {}
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    told = ((number, line.split()) for number, line in lines if line and not line.startswith("#"))
    return dict(_pair(f"{place}, line {number}", words) for number, words in told)


def _pair(place: str, words: list[str]) -> tuple[str, str]:
    if len(words) != 2:  # noqa: PLR2004 - address and token
        raise SettingsError(f"{place}: an address, a space and a token are asked for, and nothing else")
    try:
        return normal_address(words[0]), words[1]
    except ValueError as error:  # what it says would quote what may be a secret
        raise SettingsError(f"{place} does not begin with an address like http://localhost:8080") from error


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValueError as error:
        raise SettingsError(str(error)) from error


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(FILE_LIMIT_BYTES + 1)
        if len(content) > FILE_LIMIT_BYTES:
            raise SettingsError(f"{file} is longer than {FILE_LIMIT_BYTES} bytes: is it the right file?")
        return content.decode("utf-8-sig").strip()  # some editors put a mark before the text, which nobody sees
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} cannot be read: it is not in UTF-8. Save it as plain text") from error
