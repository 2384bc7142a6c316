"""Tags as the API shows and takes them."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.schemas.base import CleanText, Request, Response


def _refuse_control_characters(name: str) -> str:
    if "/" in name or any(ord(character) < 32 or 127 <= ord(character) < 160 for character in name):
        raise ValueError("a tag has no control character and no /")
    return name


TagName = Annotated[
    CleanText,
    Field(min_length=1, max_length=50),
    AfterValidator(_refuse_control_characters),
]


class Tag(Response):
    name: str = Field(examples=["home"])
    todo_count: int = Field(examples=[3])


class TagPage(Response):
    items: list[Tag]
    next_cursor: str | None


class TagUpdate(Request):
    name: TagName = Field(examples=["home"])
