"""What a job is; jobs wait with their session until it has committed, then they are started."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, Protocol

import structlog
from sqlalchemy.orm import Session

from app.database import Database
from app.mail import Mailer

KEY = "jobs"
P = ParamSpec("P")


@dataclass
class JobContext:
    """What every job is given."""

    database: Database
    mailer: Mailer


@dataclass(frozen=True)
class Job(Generic[P]):
    """What to do, and what to do once it has failed for good.

    Either may be run again after a failure or a crash, so that a second run must change nothing.
    Arguments are such as JSON has.
    """

    name: str
    run: Callable[Concatenate[JobContext, P], None]
    give_up: Callable[Concatenate[JobContext, P], None] | None = None


@dataclass(frozen=True)
class Call:
    """A job, its arguments, and what the log says of the request that it comes from."""

    job: Job[...]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    logged: dict[str, Any] = field(default_factory=structlog.contextvars.get_contextvars)


class Starter(Protocol):
    """Sees to it that jobs are run; nothing that it does raises, or keeps a request waiting."""

    def start(self, call: Call) -> None: ...


def enqueue(session: Session, job: Job[P], *args: P.args, **kwargs: P.kwargs) -> None:
    """Have the job run once this session's transaction has committed."""
    session.info.setdefault(KEY, []).append(Call(job, args, kwargs))


def take_calls(session: Session) -> list[Call]:
    """Return the jobs that waited with this session."""
    calls: list[Call] = session.info.pop(KEY, [])
    return calls
