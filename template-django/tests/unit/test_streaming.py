"""A streamed answer is no list in disguise, whatever the server waits for."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from django.test import AsyncRequestFactory, RequestFactory

from apps.core.streaming import stream

PIECES = ["a", "b", "c"]


def pieces(taken: list[str]) -> Iterator[str]:
    for piece in PIECES:
        taken.append(piece)
        yield piece


def test_wsgi_iterates() -> None:
    taken: list[str] = []
    streamed = stream(RequestFactory().get("/"), pieces(taken))

    assert isinstance(streamed, Iterator)
    assert next(streamed) == "a"
    assert taken == ["a"]


def test_asgi_awaits() -> None:
    taken: list[str] = []
    streamed = stream(AsyncRequestFactory().get("/"), pieces(taken))

    async def read() -> list[str]:
        assert isinstance(streamed, AsyncIterator)
        assert await anext(streamed) == "a"
        assert taken == ["a"]
        return [piece async for piece in streamed]

    assert asyncio.run(read()) == ["b", "c"]
