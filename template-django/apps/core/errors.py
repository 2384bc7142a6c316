"""What can go wrong in the domain; `problems.py` turns each into an HTTP answer."""

from dataclasses import dataclass


class DomainError(Exception):
    """A failure that the caller is told about; the message is for people."""


class Forbidden(DomainError):
    """The caller is known, and not allowed."""


class NotFound(DomainError):
    """There is no such thing, or it is not the caller's."""


class Conflict(DomainError):
    """The request clashes with the present state."""


class BadToken(DomainError):
    """A token that came with a request and is unknown, spent, expired or for something else."""


class PreconditionFailed(DomainError):
    """`If-Match` does not name the present version."""


class Unavailable(DomainError):
    """Something that this service depends on does not answer."""


class RateLimited(DomainError):
    """Too many attempts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("Too many attempts")
        self.retry_after = retry_after


@dataclass(frozen=True)
class FieldFailure:
    """What is wrong with one member; `location` is such as `body.title` or `query.limit`."""

    location: str
    message: str
    code: str


class Invalid(DomainError):
    """Well-formed input that breaks rules."""

    def __init__(self, *failures: FieldFailure) -> None:
        super().__init__("The request is not valid")
        self.failures = failures
