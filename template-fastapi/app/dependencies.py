"""What routes ask for: session, settings, limits, page, preconditions."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import BackgroundTasks, Depends, Header, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.limits import AttemptLimiter
from app.pagination import PageRequest
from app.schemas.base import CleanText
from app.settings import Settings
from app.tasks.queue import take_calls

SAFE_METHODS = ("GET", "HEAD")


async def current_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def current_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def current_limiter(request: Request) -> AttemptLimiter:
    limiter: AttemptLimiter = request.app.state.limiter
    return limiter


AppSettings = Annotated[Settings, Depends(current_settings)]
AppDatabase = Annotated[Database, Depends(current_database)]
Limiter = Annotated[AttemptLimiter, Depends(current_limiter)]


async def open_session(
    request: Request, background: BackgroundTasks
) -> AsyncIterator[AsyncSession]:
    """The one commit boundary: commits before the answer is sent, then hands jobs over."""
    database: Database = request.app.state.database
    is_read = request.method in SAFE_METHODS
    async with database.reading() if is_read else database.transaction() as session:
        yield session
    for call in take_calls(session):
        background.add_task(request.app.state.jobs.start, call)


Session = Annotated[AsyncSession, Depends(open_session, scope="function")]


async def limit_address(request: Request, limiter: Limiter) -> None:
    """Count an attempt of the caller's address on this endpoint."""
    address = request.client.host if request.client else "unknown"
    await limiter.hit(request.url.path, "address", address)


async def read_page(
    limit: Annotated[int, Query(ge=1, le=100, description="Items a page")] = 20,
    cursor: Annotated[
        CleanText | None, Query(description="`next_cursor` of the page before")
    ] = None,
) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor)


Page = Annotated[PageRequest, Depends(read_page)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match")]
