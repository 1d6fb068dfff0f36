"""A client of a language server, as small as asking needs: LSP over standard input and output."""

from __future__ import annotations

import itertools
import json
import subprocess
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_CAN = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    }
}
_SETTINGS = {"yaml": {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}}
_PATIENCE_S = 60


class NoServerError(RuntimeError):
    """The server did not start, or went away."""


class LanguageServer:
    """A running server with which documents are opened and asked about."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self.ask("initialize", processId=None, rootUri=None, capabilities=_CAN)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=_SETTINGS)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=_PATIENCE_S)

    def ask(self, method: str, **parameters: Any) -> Any:
        """Ask, and answer what the server asks in between."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            said = self._read()
            if "method" not in said and said.get("id") == number:
                return said.get("result")
            if "method" in said and "id" in said:
                asked = said.get("params", {}).get("items", [])
                self._send({"id": said["id"], "result": [_SETTINGS.get(item.get("section", "")) for item in asked]})

    def tell(self, method: str, **parameters: Any) -> None:
        """Tell what needs no answer."""
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = self._process.stdin
        if stdin is None:
            raise NoServerError
        try:
            stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            stdin.flush()
        except BrokenPipeError as error:
            raise NoServerError("the server went away") from error

    def _read(self) -> dict[str, Any]:
        stdout = self._process.stdout
        length = 0
        while stdout is not None and (line := stdout.readline()):
            name, _, value = line.decode("ascii").strip().partition(":")
            if not name:
                body: dict[str, Any] = json.loads(stdout.read(length))
                return body
            if name.lower() == "content-length":
                length = int(value)
        raise NoServerError("the server went away")
