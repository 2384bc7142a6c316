"""Verifying an e-mail, resetting a password."""

from app.database import AsyncSession
from app.services import mails, users
from app.services.mails import Purpose
from app.settings import Settings


async def verify_email(session: AsyncSession, *, token: str) -> None:
    """Mark the address that the token was mailed to as verified.

    Raises:
        BadToken: the token is not good.
    """
    user = await mails.spend(session, token=token, purpose=Purpose.VERIFY_EMAIL)
    await user.change(email_verified=True)


async def request_password_reset(session: AsyncSession, settings: Settings, *, email: str) -> None:
    """Mail a reset token, if there is such an account; the mail is sent after the answer."""
    user = await users.find_user_by_email(session, email)
    if user is not None and user.is_active:
        await mails.request_password_reset(session, settings, user=user)


async def reset_password(session: AsyncSession, *, token: str, new_password: str) -> None:
    """Set the password of the account that the token was mailed to, and log it out everywhere.

    Raises:
        BadToken: the token is not good.
    """
    user = await mails.spend(session, token=token, purpose=Purpose.RESET_PASSWORD)
    await mails.forget_tokens(session, user_id=user.id, purpose=Purpose.RESET_PASSWORD)
    await users.set_password(session, user=user, password=new_password)
