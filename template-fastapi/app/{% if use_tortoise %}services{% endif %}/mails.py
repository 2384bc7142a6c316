"""Mails with a token, and the tokens that come back."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from app.database import AsyncSession
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


async def request_email_verification(
    session: AsyncSession, settings: Settings, *, user: User
) -> None:
    token = await _issue(session, user=user, purpose=Purpose.VERIFY_EMAIL)
    body = f"Confirm your address:\n\n{settings.public_url}/verify-email?token={token}\n"
    send_mail(session, Mail(to=user.email, subject="Confirm your e-mail address", body=body))


async def request_password_reset(session: AsyncSession, settings: Settings, *, user: User) -> None:
    token = await _issue(session, user=user, purpose=Purpose.RESET_PASSWORD)
    body = (
        f"Choose a new password:\n\n{settings.public_url}/password-reset?token={token}\n\n"
        "If you did not ask for this, nothing needs to be done.\n"
    )
    send_mail(session, Mail(to=user.email, subject="Reset your password", body=body))


async def spend(_session: AsyncSession, *, token: str, purpose: Purpose) -> User:
    """Use up a mailed token and return whose it is.

    Raises:
        BadToken: it is unknown, spent, expired, for another purpose or another address.
    """
    spent = await EmailToken.filter(
        digest=digest(token),
        purpose=purpose.value,
        used_at__isnull=True,
        expires_at__gt=utc_now(),
    ).update(used_at=utc_now())
    known = await EmailToken.get_or_none(digest=digest(token)).select_related("user")
    if not spent or known is None or known.email != known.user.email or not known.user.is_active:
        raise BadToken("This token is not good, or not any more")
    return known.user


async def forget_tokens(_session: AsyncSession, *, user_id: UUID, purpose: Purpose) -> None:
    """Spend every token of this purpose that the user still has."""
    unspent = EmailToken.filter(user_id=user_id, purpose=purpose.value, used_at__isnull=True)
    await unspent.update(used_at=utc_now())


async def _issue(_session: AsyncSession, *, user: User, purpose: Purpose) -> str:
    token = new_token()
    await EmailToken.create(
        user_id=user.id,
        purpose=purpose.value,
        email=user.email,
        digest=digest(token),
        expires_at=utc_now() + LIFETIMES[purpose],
    )
    return token
