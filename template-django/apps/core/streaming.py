"""Answers that are sent piece by piece."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest


def stream(request: HttpRequest, pieces: Iterator[str]) -> Iterator[str] | AsyncIterator[str]:
    """Return the pieces in the way in which the server of this request waits for them."""
    return _awaited(pieces) if isinstance(request, ASGIRequest) else pieces


async def _awaited(pieces: Iterator[str]) -> AsyncIterator[str]:
    take = sync_to_async(partial(next, pieces, None))
    while (piece := await take()) is not None:
        yield piece
