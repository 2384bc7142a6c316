"""Tags as the API shows and takes them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.schemas.base import Request, Response

TagName = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=r"^[^\u0000-\u001f\u007f-\u009f/]*$",
        min_length=1,
        max_length=50,
    ),
]
"""No control character (Unicode category Cc), and no `/`, which parts a path."""


class Tag(Response):
    name: str = Field(examples=["home"])
    todo_count: int = Field(examples=[3])


class TagPage(Response):
    items: list[Tag]
    next_cursor: str | None


class TagUpdate(Request):
    name: TagName = Field(examples=["home"])
