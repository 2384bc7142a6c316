"""The floor of everything asynchronous: the work, and an ASGI app without a framework."""

import json
from typing import Any

from bench.floors import work

pool: Any = None


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve the list, one todo and creation."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    if scope["path"] == "/health/ready":
        status, answer = 200, {"status": "ready"}
    else:
        header = dict(scope["headers"])[b"authorization"].decode()
        async with pool.acquire() as connection:
            status, answer = await respond(connection, header, scope, receive)
    body = json.dumps(answer).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def lifespan(receive: Any, send: Any) -> None:
    global pool
    await receive()
    pool = await work.open_pool()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await pool.close()
    await send({"type": "lifespan.shutdown.complete"})


async def respond(
    connection: Any, header: str, scope: dict[str, Any], receive: Any
) -> tuple[int, Any]:
    if scope["method"] == "POST":
        title = json.loads((await receive())["body"])["title"]
        return 201, await work.create_todo(connection, header, title)
    last = scope["path"].rpartition("/")[2]
    if last == "todos":
        return 200, await work.list_todos(connection, header)
    return 200, await work.get_todo(connection, header, last)
