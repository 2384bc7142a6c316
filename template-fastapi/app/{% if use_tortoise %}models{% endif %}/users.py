"""Users."""

from tortoise.fields import BooleanField

from app.dialect import CodePointField
from app.models.base import Timestamped

EMAIL_LENGTH = 320


class User(Timestamped):
    """An account, whose `email_key` is the e-mail case-folded, so that it is taken once."""

    email = CodePointField(EMAIL_LENGTH)
    email_key = CodePointField(EMAIL_LENGTH, unique=True)
    full_name = CodePointField[str | None](200, null=True)
    password_hash = CodePointField(255)
    email_verified = BooleanField(default=False)
    is_active = BooleanField(default=True)
    is_superuser = BooleanField(default=False)

    class Meta:
        table = "users"
