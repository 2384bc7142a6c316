"""What routes ask for: session, current user, page, preconditions."""

from collections.abc import AsyncIterator
from typing import Annotated

import structlog
from fastapi import BackgroundTasks, Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.errors import Forbidden, Unauthenticated
from app.limits import AttemptLimiter
from app.models import User
from app.pagination import PageRequest
from app.schemas.base import CleanText
from app.security import read_access_token
from app.services import users
from app.settings import Settings
from app.tasks.queue import take_jobs

SAFE_METHODS = ("GET", "HEAD")
bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="bearerAuth")


def current_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def current_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def current_limiter(request: Request) -> AttemptLimiter:
    limiter: AttemptLimiter = request.app.state.limiter
    return limiter


AppSettings = Annotated[Settings, Depends(current_settings)]
AppDatabase = Annotated[Database, Depends(current_database)]
Limiter = Annotated[AttemptLimiter, Depends(current_limiter)]


async def open_session(
    request: Request, database: AppDatabase, background: BackgroundTasks
) -> AsyncIterator[AsyncSession]:
    """The one commit boundary: commits before the answer is sent, then hands jobs over."""
    is_read = request.method in SAFE_METHODS
    async with database.reading() if is_read else database.transaction() as session:
        yield session
    for job in take_jobs(session):
        background.add_task(job.function, request.app.state.job_context, **job.arguments)


Session = Annotated[AsyncSession, Depends(open_session, scope="function")]


async def authenticate(
    settings: AppSettings,
    session: Session,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> User:
    """Return the active user whose access token came with the request.

    Raises:
        Unauthenticated: there is no token, it is not good, or its user may not sign in.
    """
    user_id = read_access_token(settings, credentials.credentials) if credentials else None
    user = await users.find_active_user(session, user_id) if user_id else None
    if user is None:
        raise Unauthenticated("A valid access token is needed")
    structlog.contextvars.bind_contextvars(user_id=str(user.id))
    return user


CurrentUser = Annotated[User, Depends(authenticate)]


async def require_superuser(user: CurrentUser) -> User:
    if not user.is_superuser:
        raise Forbidden("Only superusers may do this")
    return user


Superuser = Annotated[User, Depends(require_superuser)]


async def limit_address(request: Request, limiter: Limiter) -> None:
    """Count an attempt of the caller's address on this endpoint."""
    address = request.client.host if request.client else "unknown"
    await limiter.hit(request.url.path, "address", address)


def read_page(
    limit: Annotated[int, Query(ge=1, le=100, description="Items a page")] = 20,
    cursor: Annotated[
        CleanText | None, Query(description="`next_cursor` of the page before")
    ] = None,
) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor)


Page = Annotated[PageRequest, Depends(read_page)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match")]
