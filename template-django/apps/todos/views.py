"""Todos."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from apps.core.etags import etag, matches_if_none_match
from apps.core.filters import query_serializer, read_list_query
from apps.core.openapi.document import document, request_header
from apps.core.pagination import Pager
from apps.core.serializers import page_of
from apps.core.views import APIView
from apps.todos import services
from apps.todos.filters import TodoFilter, TodoQuery, order_of
from apps.todos.idempotency import Answer, answer_once, check_key
from apps.todos.models import KEY_LENGTH, Todo, TodoStatus
from apps.todos.serializers import (
    TodoCreate,
    TodoPage,
    TodoSerializer,
    TodoStatsSerializer,
    TodoUpdate,
)
from apps.users.authentication import caller

JSON = "application/json"
ETAG = {"ETag": "The todo's version, strong"}
KEY = {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH}
NOT_MODIFIED = "`If-None-Match` names the present version"


class TodoViewSet(ViewSetMixin, APIView):
    lookup_field = "id"
    lookup_value_converter = "uuid"

    @document(
        "list_todos",
        {200: TodoPage},
        parameters=[TodoQuery, query_serializer(TodoFilter)],
        problems=(401, 422),
    )
    def list(self, request: Request) -> Response:
        """List the caller's todos."""
        owner_id = caller(request).id
        filters = TodoFilter(
            request.query_params, queryset=services.select_todos(owner_id=owner_id)
        )
        query = read_list_query(TodoQuery, request, filters)
        scope = f"todos {owner_id} {query['sort']} {filters.form.cleaned_data}"
        pager = Pager(scope=scope, order=order_of(query["sort"]))
        rows, cursor = pager.page(filters.qs, limit=query["limit"], cursor=query["cursor"])
        return Response(page_of(TodoSerializer, rows, cursor))

    @document(
        "create_todo",
        {201: TodoSerializer},
        body=TodoCreate,
        parameters=[request_header("Idempotency-Key", KEY)],
        headers={**ETAG, "Location": "Where the todo is"},
        problems=(401, 409),
    )
    def create(self, request: Request) -> HttpResponse:
        """Create a todo; with an Idempotency-Key, at most once in 24 hours."""
        key = request.headers.get("Idempotency-Key")
        data = TodoCreate.read(request)
        owner_id = caller(request).id

        def make() -> Answer:
            return _answer(services.create_todo(owner_id=owner_id, **data))

        if key is None:
            return _created(make())
        check_key(key)
        return _created(answer_once(user_id=owner_id, key=key, body=request.data, make=make))

    @document("get_todo_stats", {200: TodoStatsSerializer}, problems=(401,))
    @action(detail=False)
    def stats(self, request: Request) -> Response:
        """Count the caller's todos by status, and the open ones by priority."""
        counts = services.count_todos(owner_id=caller(request).id)
        return Response(TodoStatsSerializer(counts).data)

    @document(
        "get_todo",
        {200: TodoSerializer, 304: OpenApiResponse(description=NOT_MODIFIED)},
        parameters=[request_header("If-None-Match")],
        headers=ETAG,
        problems=(401, 404),
    )
    def retrieve(self, request: Request, id: UUID) -> Response:
        """Show a todo."""
        todo = services.get_todo(owner_id=caller(request).id, todo_id=id)
        if matches_if_none_match(request.headers.get("If-None-Match"), todo.version):
            return Response(status=304, headers={"ETag": etag(todo.version)})
        return _shown(todo)

    @document(
        "update_todo",
        {200: TodoSerializer},
        body=TodoUpdate,
        parameters=[request_header("If-Match")],
        headers=ETAG,
        problems=(401, 404, 412),
    )
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Change a todo by a merge patch (RFC 7396)."""
        changes = cast(services.TodoChanges, TodoUpdate.read(request))
        return _shown(
            services.update_todo(
                owner_id=caller(request).id,
                todo_id=id,
                changes=changes,
                if_match=request.headers.get("If-Match"),
            )
        )

    @document(
        "delete_todo",
        {204: None},
        parameters=[request_header("If-Match")],
        problems=(401, 404, 412),
    )
    def destroy(self, request: Request, id: UUID) -> Response:
        """Delete a todo."""
        services.delete_todo(
            owner_id=caller(request).id, todo_id=id, if_match=request.headers.get("If-Match")
        )
        return Response(status=204)

    @document("complete_todo", {200: TodoSerializer}, headers=ETAG, problems=(401, 404))
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, id: UUID) -> Response:
        """Set a todo to done."""
        return _shown(
            services.set_status(owner_id=caller(request).id, todo_id=id, status=TodoStatus.DONE)
        )

    @document("reopen_todo", {200: TodoSerializer}, headers=ETAG, problems=(401, 404))
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, id: UUID) -> Response:
        """Set a todo to open again."""
        return _shown(
            services.set_status(owner_id=caller(request).id, todo_id=id, status=TodoStatus.OPEN)
        )


def _shown(todo: Todo) -> Response:
    return Response(TodoSerializer(todo).data, headers={"ETag": etag(todo.version)})


def _answer(todo: Todo) -> Answer:
    return Answer(
        location=reverse("todo-detail", kwargs={"id": todo.id}),
        etag=etag(todo.version),
        body=JSONRenderer().render(TodoSerializer(todo).data).decode(),
    )


def _created(answer: Answer) -> HttpResponse:
    headers = {"Location": answer.location, "ETag": answer.etag}
    return HttpResponse(answer.body, status=201, content_type=JSON, headers=headers)
