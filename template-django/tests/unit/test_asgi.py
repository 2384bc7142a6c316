"""Bodies under ASGI are read as far as the limit goes, in whatever pieces they come."""

import asyncio
from typing import Any

import pytest
from django.conf import settings

from config.asgi import application

HEADERS = [(b"content-type", b"application/json"), (b"host", b"testserver")]
SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "scheme": "http",
    "method": "POST",
    "path": "/api/v1/auth/verify-email",
    "query_string": b"",
    "headers": HEADERS,
    "server": ("testserver", 80),
    "client": ("127.0.0.1", 50000),
}


async def send_in_pieces(pieces: list[bytes]) -> int:
    """Send a body without a Content-Length, and return the status of the answer."""
    messages = [
        {"type": "http.request", "body": piece, "more_body": rest > 0}
        for piece, rest in zip(pieces, reversed(range(len(pieces))), strict=True)
    ]
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        answers.append(message)

    await application(dict(SCOPE), receive, send)
    return int(answers[0]["status"])


@pytest.mark.parametrize(("pieces", "status"), [(1, 422), (2, 422), (3, 413), (5, 413)])
def test_a_body_ends_where_the_limit_is_passed(pieces: int, status: int) -> None:
    half = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2
    body = [b'{"surprise": "' + b"x" * (half - 15), *[b"x" * half] * (pieces - 1)]
    body[-1] = body[-1][:-2] + b'"}'
    assert asyncio.run(send_in_pieces(body)) == status
