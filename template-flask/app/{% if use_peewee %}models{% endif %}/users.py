"""Users."""

from peewee import BooleanField

from app.models.base import Timestamped
from app.models.fields import StringField

EMAIL_LENGTH = 320


class User(Timestamped):
    """An account; `email_key` is the e-mail case-folded, so that it is taken once."""

    email = StringField(EMAIL_LENGTH)
    email_key = StringField(EMAIL_LENGTH, unique=True)
    full_name = StringField(200, null=True)
    password_hash = StringField(255)
    email_verified = BooleanField(default=False)
    is_active = BooleanField(default=True)
    is_superuser = BooleanField(default=False)

    class Meta:
        table_name = "users"
