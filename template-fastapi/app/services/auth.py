"""Logging in and out, verifying an e-mail, resetting a password."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import User
from app.schemas.auth import TokenPair
from app.security import ACCESS_TOKEN_LIFETIME, issue_access_token, verify_password
from app.services import mails, refresh_tokens, users
from app.services.mails import Purpose
from app.settings import Settings


async def log_in(
    session: AsyncSession, settings: Settings, *, email: str, password: str
) -> TokenPair | None:
    """Return tokens for good credentials, else None; takes as long either way."""
    user = await users.find_user_by_email(session, email)
    matches = await verify_password(password, user.password_hash if user else None)
    if user is None or not matches or not user.is_active:
        return None
    refresh_token = await refresh_tokens.issue(session, user_id=user.id)
    return _pair(settings, user, refresh_token)


async def refresh(session: AsyncSession, settings: Settings, *, token: str) -> TokenPair | None:
    """Return the tokens that follow, else None."""
    rotated = await refresh_tokens.rotate(session, token)
    return _pair(settings, *rotated) if rotated else None


async def verify_email(session: AsyncSession, *, token: str) -> None:
    """Mark the address that the token was mailed to as verified.

    Raises:
        BadToken: the token is not good.
    """
    user = await mails.spend(session, token=token, purpose=Purpose.VERIFY_EMAIL)
    user.email_verified = True


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


def _pair(settings: Settings, user: User, refresh_token: str) -> TokenPair:
    return TokenPair(
        access_token=issue_access_token(settings, user.id),
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
        refresh_token=refresh_token,
    )
