"""Verifying an e-mail, resetting a password."""

from sqlalchemy.orm import Session

from app.services import mails, users
from app.services.mails import Purpose
from app.settings import Settings


def verify_email(session: Session, *, token: str) -> None:
    """Mark the address that the token was mailed to as verified.

    Raises:
        BadToken: the token is not good.
    """
    user = mails.spend(session, token=token, purpose=Purpose.VERIFY_EMAIL)
    user.email_verified = True


def request_password_reset(session: Session, settings: Settings, *, email: str) -> None:
    """Mail a reset token, if there is such an account; the mail is sent after the answer."""
    user = users.find_user_by_email(session, email)
    if user is not None and user.is_active:
        mails.request_password_reset(session, settings, user=user)


def reset_password(session: Session, *, token: str, new_password: str) -> None:
    """Set the password of the account that the token was mailed to, and log it out everywhere.

    Raises:
        BadToken: the token is not good.
    """
    user = mails.spend(session, token=token, purpose=Purpose.RESET_PASSWORD)
    mails.forget_tokens(session, user_id=user.id, purpose=Purpose.RESET_PASSWORD)
    users.set_password(session, user=user, password=new_password)
