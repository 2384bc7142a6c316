"""The floor of Django: the work behind its routing and REST framework's parsing, no ORM."""

from typing import Any

import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",  # noqa: S106
    USE_TZ=True,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

from bench.floors import blocking  # noqa: E402


class TodoCreate(serializers.Serializer):
    title = serializers.CharField()


class Ready(APIView):
    def get(self, _request: Any) -> Response:
        return Response({"status": "ready"})


class Todos(APIView):
    def get(self, request: Any) -> Response:
        return Response(blocking.list_todos(request.headers["Authorization"]))

    def post(self, request: Any) -> Response:
        data = TodoCreate(data=request.data)
        data.is_valid(raise_exception=True)
        title = data.validated_data["title"]
        return Response(blocking.create_todo(request.headers["Authorization"], title), 201)


class Todo(APIView):
    def get(self, request: Any, todo: object) -> Response:
        return Response(blocking.get_todo(request.headers["Authorization"], str(todo)))


urlpatterns = [
    path("health/ready", Ready.as_view()),
    path("api/v1/todos", Todos.as_view()),
    path("api/v1/todos/<uuid:todo>", Todo.as_view()),
]
app = get_wsgi_application()
