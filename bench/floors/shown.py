"""What every floor does around its queries: read the token, show a row."""

import os
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import jwt

from bench.floors.queries import PRIORITIES


def authenticate(header: str) -> UUID:
    """Return the subject of a good access token."""
    claims = jwt.decode(
        header.removeprefix("Bearer "),
        os.environ["SECRET_KEY"],
        algorithms=["HS256"],
        audience="todo-api",
        issuer=os.environ["PUBLIC_URL"],
    )
    return UUID(claims["sub"])


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as the API shows it."""
    item: dict[str, Any] = {
        name: value if value is None or isinstance(value, int | str) else text(value)
        for name, value in row.items()
    }
    item["priority"] = PRIORITIES[row["priority"]]
    item["tags"] = sorted(row["tags"].split("\x1f")) if row["tags"] else []
    return item


def text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
