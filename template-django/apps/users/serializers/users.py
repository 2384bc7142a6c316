"""Users as the API shows and takes them."""

from rest_framework import serializers

from apps.core.api_fields import (
    CleanTextField,
    EmailField,
    NewPasswordField,
    SecretField,
    StrictBooleanField,
)
from apps.core.serializers import BodySerializer, page_serializer
from apps.users.models import NAME_LENGTH
from apps.users.models import User as UserModel


class User(serializers.Serializer[UserModel]):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    full_name = serializers.CharField(allow_null=True)
    email_verified = serializers.BooleanField()
    is_active = serializers.BooleanField()
    is_superuser = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class UserUpdate(BodySerializer):
    """A merge patch (RFC 7396)."""

    full_name = CleanTextField(max_length=NAME_LENGTH, allow_null=True, required=False)
    email = EmailField(required=False)


class UserAdminUpdate(BodySerializer):
    """A merge patch (RFC 7396)."""

    is_active = StrictBooleanField(required=False)
    is_superuser = StrictBooleanField(required=False)


class PasswordChange(BodySerializer):
    current_password = SecretField()
    new_password = NewPasswordField()


UserPage = page_serializer(User)
