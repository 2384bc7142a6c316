"""Tokens that were mailed, of which only digests are stored."""

from django.db import models

from apps.core.fields import CodePointCharField
from apps.core.models import Identified
from apps.users.models.users import EMAIL_LENGTH, User

DIGEST_LENGTH = 64


class Purpose(models.TextChoices):
    """What a mailed token is for."""

    VERIFY_EMAIL = "verify-email", "verify the e-mail"
    RESET_PASSWORD = "password-reset", "reset the password"


class EmailToken(Identified):
    """A token that was mailed, good once for its purpose and its address."""

    user = models.ForeignKey(User, models.DB_CASCADE, related_name="email_tokens")
    purpose = models.CharField(max_length=20, choices=Purpose)
    email = CodePointCharField(max_length=EMAIL_LENGTH)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.email}"
