"""Bodies of the token endpoints: RFC 6749 and RFC 7009."""

from typing import Literal

from pydantic import BaseModel, Field

from app.schemas.base import Response, unset


class TokenRequest(BaseModel):
    """A grant of RFC 6749: `password` (section 4.3) or `refresh_token` (section 6)."""

    grant_type: Literal["password", "refresh_token"] = Field(examples=["password"])
    username: str = unset(examples=["ada@example.com"])
    password: str = unset(examples=["correct horse battery"])
    refresh_token: str = unset()


class RevokeRequest(BaseModel):
    """RFC 7009, section 2.1."""

    token: str = Field(examples=["c2hvcnQtZXhhbXBsZQ"])
    token_type_hint: str = unset()


class TokenPair(Response):
    access_token: str
    token_type: Literal["bearer"]
    expires_in: int = Field(description="Seconds", examples=[900])
    refresh_token: str


class TokenError(Response):
    """RFC 6749, section 5.2."""

    error: Literal["invalid_grant", "unsupported_grant_type", "invalid_request"]
    error_description: str
