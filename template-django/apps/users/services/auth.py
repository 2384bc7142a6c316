"""Verifying an e-mail, resetting a password."""

from django.db import transaction

from apps.users.models import Purpose
from apps.users.services import mails, users


@transaction.atomic
def verify_email(*, token: str) -> None:
    """Mark the address that the token was mailed to as verified.

    Raises:
        BadToken: the token is not good.
    """
    user = mails.spend(token=token, purpose=Purpose.VERIFY_EMAIL)
    user.email_verified = True
    user.save(update_fields=["email_verified", "updated_at"])


@transaction.atomic
def request_password_reset(*, email: str) -> None:
    """Mail a reset token, if there is such an account; the mail is sent after the answer."""
    user = users.find_user_by_email(email)
    if user is not None and user.is_active:
        mails.request_password_reset(user=user)


@transaction.atomic
def reset_password(*, token: str, new_password: str) -> None:
    """Set the password of the account that the token was mailed to, and log it out everywhere.

    Raises:
        BadToken: the token is not good.
    """
    user = mails.spend(token=token, purpose=Purpose.RESET_PASSWORD)
    mails.forget_tokens(user=user, purpose=Purpose.RESET_PASSWORD)
    users.set_password(user=user, password=new_password)
