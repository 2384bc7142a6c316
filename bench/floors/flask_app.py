"""The floor of Flask: the work behind its routing and validation by pydantic, no ORM."""

from typing import Any

from flask import Flask, request
from pydantic import BaseModel

from bench.floors import blocking


class TodoCreate(BaseModel):
    title: str


app = Flask(__name__)


@app.get("/health/ready")
def ready() -> dict[str, str]:
    return {"status": "ready"}


@app.get("/api/v1/todos")
def list_todos() -> dict[str, Any]:
    return blocking.list_todos(request.headers["Authorization"])


@app.get("/api/v1/todos/<uuid:todo>")
def get_todo(todo: object) -> dict[str, Any]:
    return blocking.get_todo(request.headers["Authorization"], str(todo))


@app.post("/api/v1/todos")
def create_todo() -> tuple[dict[str, Any], int]:
    data = TodoCreate.model_validate(request.get_json())
    return blocking.create_todo(request.headers["Authorization"], data.title), 201
