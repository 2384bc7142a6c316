"""Mails with a token, and the tokens that come back."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from app.database import Session
from app.errors import BadToken
from app.mail import Mail
from app.models import EmailToken, User
from app.models.base import utc_now
from app.security import digest, new_token
from app.settings import Settings
from app.tasks.mail import send_mail


class Purpose(StrEnum):
    VERIFY_EMAIL = "verify-email"
    RESET_PASSWORD = "password-reset"  # noqa: S105


LIFETIMES = {Purpose.VERIFY_EMAIL: timedelta(days=2), Purpose.RESET_PASSWORD: timedelta(hours=1)}


def request_email_verification(session: Session, settings: Settings, *, user: User) -> None:
    token = _issue(user=user, purpose=Purpose.VERIFY_EMAIL)
    body = f"Confirm your address:\n\n{settings.public_url}/verify-email?token={token}\n"
    send_mail(session, Mail(to=user.email, subject="Confirm your e-mail address", body=body))


def request_password_reset(session: Session, settings: Settings, *, user: User) -> None:
    token = _issue(user=user, purpose=Purpose.RESET_PASSWORD)
    body = (
        f"Choose a new password:\n\n{settings.public_url}/password-reset?token={token}\n\n"
        "If you did not ask for this, nothing needs to be done.\n"
    )
    send_mail(session, Mail(to=user.email, subject="Reset your password", body=body))


def spend(_session: Session, *, token: str, purpose: Purpose) -> User:
    """Use up a mailed token and return whose it is.

    Raises:
        BadToken: it is unknown, spent, expired, for another purpose or another address.
    """
    known = EmailToken.digest == digest(token)
    spent: int = (
        EmailToken.update(used_at=utc_now())
        .where(
            known,
            EmailToken.purpose == purpose.value,
            EmailToken.used_at.is_null(),
            EmailToken.expires_at > utc_now(),
        )
        .execute()
    )
    user = (
        User.select()
        .join(EmailToken)
        .where(known, EmailToken.email == User.email, User.is_active)
        .get_or_none()
    )
    if not spent or user is None:
        raise BadToken("This token is not good, or not any more")
    return user


def forget_tokens(_session: Session, *, user_id: UUID, purpose: Purpose) -> None:
    """Spend every token of this purpose that the user still has."""
    (
        EmailToken.update(used_at=utc_now())
        .where(
            EmailToken.user == user_id,
            EmailToken.purpose == purpose.value,
            EmailToken.used_at.is_null(),
        )
        .execute()
    )


def _issue(*, user: User, purpose: Purpose) -> str:
    token = new_token()
    EmailToken.create(
        user=user,
        purpose=purpose.value,
        email=user.email,
        digest=digest(token),
        expires_at=utc_now() + LIFETIMES[purpose],
    )
    return token
