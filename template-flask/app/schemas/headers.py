"""Request headers that the API reads."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints


class IdempotencyHeader(BaseModel):
    key: Annotated[str, StringConstraints(min_length=1, max_length=255)] | None = Field(
        default=None, alias="Idempotency-Key"
    )


class IfMatchHeader(BaseModel):
    tags: str | None = Field(default=None, alias="If-Match")


class IfNoneMatchHeader(BaseModel):
    tags: str | None = Field(default=None, alias="If-None-Match")
