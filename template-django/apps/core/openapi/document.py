"""What a view says about its operations."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from apps.core.openapi.problems import DESCRIPTIONS, Problem, ValidationProblem
from apps.core.problems import MEDIA_TYPE

FORM = "application/x-www-form-urlencoded"
WITH_BODY = (400, 413, 415, 422)
ANSWERS = {200: "Done", 201: "Created", 202: "Accepted", 204: "Done; no body"}
PROBLEM_HEADERS = [
    OpenApiParameter("WWW-Authenticate", str, OpenApiParameter.HEADER, response=[401]),
    OpenApiParameter(
        "Retry-After", int, OpenApiParameter.HEADER, description="Seconds", response=[429, 503]
    ),
]

Parameter = OpenApiParameter | Serializer[Any] | type[Serializer[Any]]
Described = type[Serializer[Any]] | OpenApiResponse | None
Operation = TypeVar("Operation", bound=Callable[..., Any])


def document(
    operation_id: str,
    answers: Mapping[int | tuple[int, str], Described],
    *,
    body: type[Serializer[Any]] | None = None,
    form: type[Serializer[Any]] | None = None,
    parameters: Sequence[Parameter] = (),
    headers: Mapping[str, str] | None = None,
    problems: Sequence[int] | None = (),
    tag: str | None = None,
) -> Callable[[Operation], Operation]:
    """Describe an operation.

    Args:
        answers: what is answered, by status; by status and media type where that is not JSON.
        body: a JSON body, from which its problems follow.
        form: a body that is a form instead.
        parameters: those of the query as serializers, others by `request_header`.
        headers: those of all answers in `answers`, by name, with what they say.
        problems: the statuses of errors besides 503; None where nothing can fail.
    """
    statuses = _statuses(problems, has_body=body is not None)
    good = [key if isinstance(key, int) else key[0] for key in answers]
    return extend_schema(
        operation_id=operation_id,
        request={FORM: form} if form else body,
        responses={
            **{(status, MEDIA_TYPE): _problem(status) for status in statuses if status not in good},
            **{key: _answer(key, described) for key, described in answers.items()},
        },
        parameters=[
            *parameters,
            *PROBLEM_HEADERS,
            *(_answer_header(name, said, good) for name, said in (headers or {}).items()),
        ],
        tags=[tag] if tag else None,
    )


def request_header(name: str, schema: dict[str, Any] | type[str] = str) -> OpenApiParameter:
    """Describe a header of a request."""
    return OpenApiParameter(name, schema, OpenApiParameter.HEADER)


def _statuses(problems: Sequence[int] | None, *, has_body: bool) -> list[int]:
    if problems is None:
        return []
    return sorted({*problems, *(WITH_BODY if has_body else ()), 503})


def _answer_header(name: str, description: str, statuses: Sequence[int]) -> OpenApiParameter:
    return OpenApiParameter(
        name, str, OpenApiParameter.HEADER, description=description, response=statuses
    )


def _answer(key: int | tuple[int, str], described: Described) -> OpenApiResponse:
    if isinstance(described, OpenApiResponse):
        return described
    status = key if isinstance(key, int) else key[0]
    return OpenApiResponse(described, description=ANSWERS.get(status, ""))


def _problem(status: int) -> OpenApiResponse:
    serializer = ValidationProblem if status == 422 else Problem
    return OpenApiResponse(serializer, description=DESCRIPTIONS[status])
