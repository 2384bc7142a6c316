"""Users."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from apps.core.fields import CodePointCharField
from apps.core.models import Timestamped

EMAIL_LENGTH = 320
NAME_LENGTH = 200


def email_key(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return email.strip().casefold()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its e-mail in any case, as logging in does."""
        return self.get(email_key=email_key(username or ""))

    def create_user(self, email: str, password: str, **members: Any) -> "User":
        """Create an account; `password` is hashed."""
        user = self.model(email=email, **members)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **members: Any) -> "User":
        rights = {"is_superuser": True, "email_verified": True}
        return self.create_user(email, password, **{**members, **rights})


class User(Timestamped, AbstractBaseUser, PermissionsMixin):
    """An account; `email_key` is the e-mail case-folded, so that it is taken once."""

    email = CodePointCharField(max_length=EMAIL_LENGTH, unique=True)
    email_key = CodePointCharField(max_length=EMAIL_LENGTH, unique=True, editable=False)
    full_name = models.CharField(max_length=NAME_LENGTH, null=True, blank=True)
    email_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets the user in."""
        return self.is_superuser

    def save(self, **options: Any) -> None:
        self.email_key = email_key(self.email)
        super().save(**options)
