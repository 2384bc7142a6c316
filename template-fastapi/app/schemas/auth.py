"""Bodies of the auth endpoints."""

from typing import Literal

from pydantic import Field

from app.schemas.base import CleanText, Email, FullName, NewPassword, Request, Response


class UserCreate(Request):
    email: Email = Field(examples=["ada@example.com"])
    password: NewPassword = Field(examples=["correct horse battery"])
    full_name: FullName | None = Field(default=None, examples=["Ada Lovelace"])


class TokenRequest(Request):
    """A grant of RFC 6749: `password` (section 4.3) or `refresh_token` (section 6)."""

    grant_type: Literal["password", "refresh_token"] = Field(examples=["password"])
    username: str | None = Field(default=None, examples=["ada@example.com"])
    password: str | None = Field(default=None, examples=["correct horse battery"])
    refresh_token: str | None = None
    scope: str | None = None
    client_id: str | None = None
    client_secret: str | None = None


class RevokeRequest(Request):
    """RFC 7009, section 2.1."""

    token: str = Field(examples=["c2hvcnQtZXhhbXBsZQ"])
    token_type_hint: str | None = None
    client_id: str | None = None
    client_secret: str | None = None


class TokenPair(Response):
    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int = Field(description="Seconds", examples=[900])
    refresh_token: str


class TokenError(Response):
    """RFC 6749, section 5.2."""

    error: Literal["invalid_grant", "unsupported_grant_type", "invalid_request"]
    error_description: str


class EmailVerification(Request):
    token: CleanText = Field(examples=["c2hvcnQtZXhhbXBsZQ"])


class PasswordResetRequest(Request):
    email: Email = Field(examples=["ada@example.com"])


class PasswordResetConfirm(Request):
    token: CleanText = Field(examples=["c2hvcnQtZXhhbXBsZQ"])
    new_password: NewPassword = Field(examples=["correct horse battery"])
