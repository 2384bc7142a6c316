"""Bodies of the endpoints for accounts."""

from apps.core.api_fields import CleanTextField, EmailField, NewPasswordField
from apps.core.serializers import BodySerializer
from apps.users.models import NAME_LENGTH


class Credentials(BodySerializer):
    email = EmailField()
    password = NewPasswordField()


class UserCreate(Credentials):
    full_name = CleanTextField(max_length=NAME_LENGTH, allow_null=True, default=None)


class EmailVerification(BodySerializer):
    token = CleanTextField()


class PasswordResetRequest(BodySerializer):
    email = EmailField()


class PasswordResetConfirm(BodySerializer):
    token = CleanTextField()
    new_password = NewPasswordField()
