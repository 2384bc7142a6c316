"""The floor of FastAPI: the work behind its routing, dependencies and validation, no ORM."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Request
from pydantic import BaseModel

from bench.floors import work


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.pool = await work.open_pool()
    yield
    await app.state.pool.close()


async def connect(request: Request) -> AsyncIterator[Any]:
    async with request.app.state.pool.acquire() as connection:
        yield connection


class TodoCreate(BaseModel):
    title: str


app = FastAPI(lifespan=lifespan)
Connection = Annotated[Any, Depends(connect)]
Authorization = Annotated[str, Header()]


@app.get("/health/ready")
async def ready() -> dict[str, str]:
    return {"status": "ready"}


@app.get("/api/v1/todos")
async def list_todos(connection: Connection, authorization: Authorization) -> dict[str, Any]:
    return await work.list_todos(connection, authorization)


@app.get("/api/v1/todos/{todo}")
async def get_todo(
    connection: Connection, authorization: Authorization, todo: str
) -> dict[str, Any]:
    return await work.get_todo(connection, authorization, todo)


@app.post("/api/v1/todos", status_code=201)
async def create_todo(
    connection: Connection, authorization: Authorization, data: TodoCreate
) -> dict[str, Any]:
    return await work.create_todo(connection, authorization, data.title)
