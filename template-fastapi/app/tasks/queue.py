"""Jobs wait with their session until it has committed; then the boundary starts them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
from app.mail import Mailer

KEY = "jobs"


@dataclass(frozen=True)
class JobContext:
    """What every job is given."""

    database: Database
    mailer: Mailer


JobFunction = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Job:
    function: JobFunction
    arguments: dict[str, Any]


def enqueue(session: AsyncSession, function: JobFunction, **arguments: Any) -> None:
    """Have the job run once this session's transaction has committed."""
    session.info.setdefault(KEY, []).append(Job(function, arguments))


def take_jobs(session: AsyncSession) -> list[Job]:
    jobs: list[Job] = session.info.pop(KEY, [])
    return jobs
