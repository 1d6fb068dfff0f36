from __future__ import annotations

import base64
import json

import pytest

from guidelint.labelstudio.connection.errors import Gone, Refused, Unreachable

client = pytest.importorskip("guidelint.labelstudio.connection.administration", reason="install guidelint[labelstudio]")


def jwt(**claims: str) -> str:
    return ".".join(("e30", base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("="), "sig"))


@pytest.mark.parametrize("token", ["0123456789abcdef" * 2 + "01234567", jwt(token_type="refresh")])  # noqa: S106
def test_both_kinds_of_token_are_taken(token: str) -> None:
    assert client.check_token(token) is None


@pytest.mark.parametrize(
    ("token", "words"),
    [
        pytest.param("", "no token", id="nothing"),
        pytest.param("Token 0123", "no token", id="the header in place of the token"),
        pytest.param("a.b.c", "no token", id="three parts that are no JWT"),
        pytest.param(jwt(token_type="access"), "lives for minutes", id="the short-lived kind"),  # noqa: S106
    ],
)
def test_what_cannot_be_a_token_is_told_before_anything_is_sent(token: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        client.Administration("http://127.0.0.1:9", token)


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (404, "", Gone, "does not know the thing"),
        (401, '{"detail": "legacy token authentication has been disabled"}', Refused, "API Tokens Settings"),
        (401, '{"detail": "Invalid token."}', Refused, "was revoked"),
        (500, "<html>…</html>", Unreachable, "no explanation"),
        (400, {"validation_errors": {"title": ["too short"], "x": ["too short"]}}, Refused, "400.*: too short$"),
        (400, '{"label_config": ["These labels still exist"]}', Refused, "still exist"),
    ],
)
def test_an_error_says_what_it_means(status: int, body: object, kind: type[Exception], words: str) -> None:
    found = client.refusal("the thing", status, body)
    assert type(found) is kind
    with pytest.raises(kind, match=words):
        raise found
