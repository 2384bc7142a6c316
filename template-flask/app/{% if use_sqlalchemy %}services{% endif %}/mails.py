"""Mails with a token, and the tokens that come back."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.database import count_updated
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
    token = _issue(session, user=user, purpose=Purpose.VERIFY_EMAIL)
    body = f"Confirm your address:\n\n{settings.public_url}/verify-email?token={token}\n"
    send_mail(session, Mail(to=user.email, subject="Confirm your e-mail address", body=body))


def request_password_reset(session: Session, settings: Settings, *, user: User) -> None:
    token = _issue(session, user=user, purpose=Purpose.RESET_PASSWORD)
    body = (
        f"Choose a new password:\n\n{settings.public_url}/password-reset?token={token}\n\n"
        "If you did not ask for this, nothing needs to be done.\n"
    )
    send_mail(session, Mail(to=user.email, subject="Reset your password", body=body))


def spend(session: Session, *, token: str, purpose: Purpose) -> User:
    """Use up a mailed token and return whose it is.

    Raises:
        BadToken: it is unknown, spent, expired, for another purpose or another address.
    """
    spent = count_updated(
        session,
        update(EmailToken)
        .where(
            EmailToken.digest == digest(token),
            EmailToken.purpose == purpose.value,
            EmailToken.used_at.is_(None),
            EmailToken.expires_at > utc_now(),
        )
        .values(used_at=utc_now()),
    )
    user = session.scalar(
        select(User)
        .join(EmailToken, EmailToken.user_id == User.id)
        .where(EmailToken.digest == digest(token), EmailToken.email == User.email, User.is_active)
    )
    if not spent or user is None:
        raise BadToken("This token is not good, or not any more")
    return user


def forget_tokens(session: Session, *, user_id: UUID, purpose: Purpose) -> None:
    """Spend every token of this purpose that the user still has."""
    session.execute(
        update(EmailToken)
        .where(EmailToken.user_id == user_id, EmailToken.purpose == purpose.value)
        .where(EmailToken.used_at.is_(None))
        .values(used_at=utc_now())
        .execution_options(synchronize_session=False)
    )


def _issue(session: Session, *, user: User, purpose: Purpose) -> str:
    token = new_token()
    session.add(
        EmailToken(
            user_id=user.id,
            purpose=purpose.value,
            email=user.email,
            digest=digest(token),
            expires_at=utc_now() + LIFETIMES[purpose],
        )
    )
    session.flush()
    return token
