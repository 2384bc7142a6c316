"""Error answers (RFC 9457), as the document describes them."""

from pydantic import BaseModel, Field


class Problem(BaseModel):
    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such todo"])
    instance: str = Field(examples=["/api/v1/todos/0190163d-8694-739b-aea5-966c26f8ad91"])
    request_id: str = Field(examples=["4bf92f3577b34da6a3ce929d0e0e4736"])


class FieldError(BaseModel):
    location: str = Field(examples=["body.title"])
    message: str = Field(examples=["Field required"])
    code: str = Field(examples=["missing"])


class ValidationProblem(Problem):
    errors: list[FieldError]
