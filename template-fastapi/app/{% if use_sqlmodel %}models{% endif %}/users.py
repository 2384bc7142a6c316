"""Users."""

from sqlmodel import Field

from app.dialect import text_type
from app.models.base import Timestamped

EMAIL_LENGTH = 320


class User(Timestamped, table=True):
    """An account; `email_key` is the e-mail case-folded, so that it is taken once."""

    __tablename__ = "users"

    email: str = Field(sa_type=text_type(EMAIL_LENGTH))
    email_key: str = Field(sa_type=text_type(EMAIL_LENGTH), unique=True)
    full_name: str | None = Field(default=None, sa_type=text_type(200))
    password_hash: str = Field(sa_type=text_type(255))
    email_verified: bool = False
    is_active: bool = True
    is_superuser: bool = False
