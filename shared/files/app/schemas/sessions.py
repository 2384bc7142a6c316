"""Bodies of the endpoints for sessions."""

from pydantic import Field

from app.schemas.base import CleanText, Request, Response, Secret
from app.schemas.users import User


class Credentials(Request):
    email: CleanText = Field(examples=["ada@example.com"])
    password: Secret = Field(examples=["correct horse battery"])


class CurrentSession(Response):
    user: User
    csrf_token: str = Field(
        description="Goes along as `X-CSRF-Token` with each request that is no GET",
        examples=["c2hvcnQtZXhhbXBsZQ"],
    )
