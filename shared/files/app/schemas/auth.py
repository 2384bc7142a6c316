"""Bodies of the endpoints for accounts."""

from pydantic import Field

from app.schemas.base import CleanText, Email, FullName, NewPassword, Request


class UserCreate(Request):
    email: Email = Field(examples=["ada@example.com"])
    password: NewPassword = Field(examples=["correct horse battery"])
    full_name: FullName | None = Field(default=None, examples=["Ada Lovelace"])


class EmailVerification(Request):
    token: CleanText = Field(examples=["c2hvcnQtZXhhbXBsZQ"])


class PasswordResetRequest(Request):
    email: Email = Field(examples=["ada@example.com"])


class PasswordResetConfirm(Request):
    token: CleanText = Field(examples=["c2hvcnQtZXhhbXBsZQ"])
    new_password: NewPassword = Field(examples=["correct horse battery"])
