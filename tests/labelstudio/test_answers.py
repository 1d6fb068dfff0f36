"""What answers mean: a table of what Label Studio, and what stands before it, was seen to answer."""

from __future__ import annotations

import pytest

from guidelint.labelstudio.connection.answers import Answer, problem_of
from guidelint.labelstudio.connection.errors import LabelStudioError, NotMine, NotThere, Refused, Unreachable

PAGE = b"<html><head><title>404 Not Found</title></head></html>"
OWN = (
    '{{"id":"1a5b90f8-3de6-483d-851e-7326a47bd302","status_code":{},"version":"1.23.2","detail":"{}","exc_info":null}}'
)


def own(status: int, detail: str) -> bytes:
    """An error in the form of Label Studio 1.23.2."""
    return OWN.format(status, detail).encode()


ANSWERS: list[tuple[str, str, int, bytes, str, type[LabelStudioError] | None]] = [
    ("a task", "GET", 200, b'{"id":1}', "", None),
    ("a listing", "GET", 200, b'[{"id":1}]', "", None),
    ("deleted", "DELETE", 204, b"", "", None),
    ("a task that was deleted", "GET", 404, own(404, "No Task matches the given query."), "", NotThere),
    ("a project of another organisation", "GET", 404, own(404, "No Project matches the given query."), "", NotThere),
    ("a page beyond the last", "GET", 404, own(404, "Invalid page."), "", NotThere),
    ("in the words of older versions", "GET", 404, own(404, "Not found."), "", NotThere),
    ("an address its API does not have", "GET", 404, b"\n\n<!doctype html>\n<html lang=en>", "", Unreachable),
    ("404 of a proxy, as a page", "GET", 404, PAGE, "", Unreachable),
    ("404 of a proxy, as text", "GET", 404, b"404 page not found\n", "", Unreachable),
    ("404 of a proxy, empty", "DELETE", 404, b"", "", Unreachable),
    ("404 of another API", "GET", 404, b'{"error":"no such route"}', "", Unreachable),
    ("404 of another Django", "GET", 404, b'{"detail":"Not found."}', "", Unreachable),
    ("an error of another status, passed through", "GET", 404, own(401, "Invalid token."), "", Unreachable),
    ("404 cut off", "GET", 404, own(404, "No Task matches")[:40], "", Unreachable),
    ("404, nested without end", "GET", 404, b"[" * 100_000, "", Unreachable),
    ("a maintenance page", "GET", 200, PAGE, "", Unreachable),
    ("a maintenance page for what was to be written", "PATCH", 200, PAGE, "", Unreachable),
    ("a maintenance page for what was to be deleted", "DELETE", 200, PAGE, "", Unreachable),
    ("JSON for what was to be deleted", "DELETE", 200, b'{"status":"maintenance"}', "", Unreachable),
    ("nothing at all", "GET", 200, b"", "", Unreachable),
    ("nothing for what was to be read", "GET", 204, b"", "", Unreachable),
    ("no token given", "GET", 401, own(401, "Authentication credentials were not provided."), "", NotMine),
    ("a token that was revoked", "GET", 401, own(401, "Invalid token."), "", NotMine),
    ("an account that was deactivated", "GET", 401, own(401, "User inactive or deleted."), "", NotMine),
    ("a password asked for by a proxy", "GET", 401, PAGE, "", NotMine),
    ("no permission", "GET", 403, own(403, "You do not have permission to perform this action."), "", NotMine),
    ("the page to log in", "GET", 302, b"", "/user/login/?next=/api/tasks/1/", NotMine),
    ("single sign-on", "GET", 302, b"", "https://sso.test/realms/a/login?code=1", NotMine),
    ("moved to https", "GET", 301, b"", "https://label-studio.test/api/tasks/1/", Unreachable),
    ("moved to nowhere", "GET", 307, b"", "", Unreachable),
    ("too busy", "GET", 429, own(429, "Request was throttled."), "", Unreachable),
    ("its database is locked", "PATCH", 500, own(500, "database is locked"), "", Unreachable),
    ("nothing behind the proxy", "GET", 502, PAGE, "", Unreachable),
    ("not valid", "PATCH", 400, own(400, "Validation error"), "", Refused),
    ("an annotation handed in twice", "POST", 409, own(409, "Conflict"), "", Refused),
    ("400 of a proxy", "GET", 400, PAGE, "", Unreachable),
    ("too long for the proxy", "PATCH", 413, PAGE, "", Unreachable),
]


@pytest.mark.parametrize(
    ("method", "status", "body", "location", "kind"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_answers_mean(
    method: str, status: int, body: bytes, location: str, kind: type[LabelStudioError] | None
) -> None:
    problem = problem_of(Answer(method, "/api/tasks/1/", status, body, location))
    assert type(problem) is (type(None) if kind is None else kind)
    assert problem is None or "/api/tasks/1/" in str(problem)


def test_a_refusal_is_told_in_the_words_of_label_studio() -> None:
    body = own(400, "Validation error").replace(
        b'"exc_info":null', b'"validation_errors":{"overlap":["A whole number"]}'
    )
    problem = problem_of(Answer("PATCH", "/api/tasks/1/", 400, body))
    assert isinstance(problem, Refused)
    assert (problem.status, str(problem)) == (
        400,
        "PATCH /api/tasks/1/: Label Studio refuses (400): A whole number",
    )


def test_where_a_redirect_leads_is_told_without_what_it_carries() -> None:
    problem = problem_of(Answer("GET", "/x", 302, b"", "https://elsewhere.test/a?token=secret"))
    assert "elsewhere.test" in str(problem)
    assert "secret" not in str(problem)
