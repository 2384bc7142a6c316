"""Users as the API shows and takes them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.schemas.base import Email, FullName, NewPassword, Request, Response, Secret, unset


class User(Response):
    id: UUID
    email: str = Field(json_schema_extra={"format": "email"}, examples=["ada@example.com"])
    full_name: str | None = Field(examples=["Ada Lovelace"])
    email_verified: bool
    is_active: bool
    is_superuser: bool
    created_at: datetime
    updated_at: datetime


class UserPage(Response):
    items: list[User]
    next_cursor: str | None


class UserUpdate(Request):
    """A merge patch (RFC 7396)."""

    full_name: FullName | None = unset(examples=["Ada Lovelace"])
    email: Email = unset(examples=["ada@example.com"])


class UserAdminUpdate(Request):
    """A merge patch (RFC 7396)."""

    is_active: bool = unset(strict=True)
    is_superuser: bool = unset(strict=True)


class PasswordChange(Request):
    current_password: Secret = Field(examples=["correct horse battery"])
    new_password: NewPassword = Field(examples=["staple battery horse"])
