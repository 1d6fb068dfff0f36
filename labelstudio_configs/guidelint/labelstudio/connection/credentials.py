"""Tokens of servers: from the environment or from files, never from the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.address import normal_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TOKEN_VARIABLE = "GUIDELINT_TOKEN"  # noqa: S105 - the name of a variable
FILE_LIMIT_BYTES = 64 * 1024


class CredentialError(ValueError):
    """A secret that is not there, or none; the message says what is missing and how to give it."""


def tokens_from(
    addresses: tuple[str, ...], file: Path | None, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Token of each server, from the variable (one for all) or a file.

    The file holds one token, or lines ``ADDRESS TOKEN``. Raises CredentialError when a server has none.
    """
    text = credential_file(file) if file else environment.get(TOKEN_VARIABLE, "").strip()
    by_address = _by_address(text, str(file or TOKEN_VARIABLE))
    servers = {_address(address): "" for address in addresses} or dict.fromkeys(by_address, "")
    for address in servers:
        token = by_address.get(address) or (text if not by_address else "")
        if not token:
            raise CredentialError(f"there is no token for {address}: {_token_wanted(address, file, by_address)}")
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise CredentialError(
                f"what is given as the token for {address} is none: a token is one word of ASCII letters, digits and"
                " signs. A token file holds one, or lines ADDRESS TOKEN and nothing else"
            )
        servers[address] = token
    if not servers:
        lines = f", or lines ADDRESS TOKEN in {file}" if file else ""
        raise CredentialError(f"no Label Studio is named: give its address, e.g. http://localhost:8080{lines}")
    return servers


def credential_file(file: Path) -> str:
    """Read a file of secrets. Raises CredentialError."""
    try:
        with file.open("rb") as stream:
            content = stream.read(FILE_LIMIT_BYTES + 1)
        if len(content) > FILE_LIMIT_BYTES:
            raise CredentialError(f"{file} is longer than {FILE_LIMIT_BYTES} bytes: is it the right file?")
        return content.decode("utf-8-sig").strip()  # some editors put a mark before the text, which nobody sees
    except OSError as error:
        raise CredentialError(f"{file} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except UnicodeDecodeError as error:
        raise CredentialError(f"{file} cannot be read: it is not in UTF-8. Save it as plain text") from error


def _token_wanted(address: str, file: Path | None, there: Iterable[str]) -> str:
    """Say how to give a token, and for which servers there are some."""
    if not file:
        return f"set {TOKEN_VARIABLE} or give --token-file"
    others = f", or give an address that stands there: {', '.join(there)}" if there else ""
    return f"add a line to {file}: {address} TOKEN{others}"


def _by_address(text: str, place: str) -> dict[str, str]:
    """Tokens by their addresses; none where the text is a token and nothing else. Raises CredentialError."""
    if len(text.split()) == 1:
        return {}
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    told = ((number, line.split()) for number, line in lines if line and not line.startswith("#"))
    return dict(_pair(f"{place}, line {number}", words) for number, words in told)


def _pair(place: str, words: list[str]) -> tuple[str, str]:
    if len(words) != 2:  # noqa: PLR2004 - address and token
        raise CredentialError(f"{place}: an address, a space and a token are asked for, and nothing else")
    try:
        return normal_address(words[0]), words[1]
    except ValueError as error:  # what it says would quote what may be a secret
        raise CredentialError(f"{place} does not begin with an address like http://localhost:8080") from error


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValueError as error:
        raise CredentialError(str(error)) from error
