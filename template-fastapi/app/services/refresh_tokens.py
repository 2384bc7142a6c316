"""Refresh tokens: each is good once, and reuse ends its whole family (RFC 9700, 4.14.2)."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import count_updated
from app.models import RefreshToken, User
from app.models.base import utc_now
from app.security import digest, new_token

LIFETIME = timedelta(days=30)


async def issue(session: AsyncSession, *, user_id: UUID, family_id: UUID | None = None) -> str:
    """Store the digest of a new token, and return the token."""
    token = new_token()
    session.add(
        RefreshToken(
            user_id=user_id,
            family_id=family_id or uuid4(),
            digest=digest(token),
            expires_at=utc_now() + LIFETIME,
        )
    )
    await session.flush()
    return token


async def rotate(session: AsyncSession, token: str) -> tuple[User, str] | None:
    """Spend a token for its successor; None, with its family revoked, when it was not good.

    The conditional update decides between concurrent callers: one row, one winner.
    """
    spent = await count_updated(
        session,
        update(RefreshToken)
        .where(
            RefreshToken.digest == digest(token),
            RefreshToken.used_at.is_(None),
            RefreshToken.revoked_at.is_(None),
            RefreshToken.expires_at > utc_now(),
        )
        .values(used_at=utc_now()),
    )
    known = await _find(session, token)
    if known is None:
        return None
    user = await session.scalar(select(User).where(User.id == known.user_id, User.is_active))
    if not spent or user is None:
        await revoke_family(session, family_id=known.family_id)
        return None
    successor = await issue(session, user_id=user.id, family_id=known.family_id)
    return user, successor


async def revoke(session: AsyncSession, token: str) -> None:
    """Revoke a token's family; an unknown token is none of it (RFC 7009, section 2.2)."""
    known = await _find(session, token)
    if known is not None:
        await revoke_family(session, family_id=known.family_id)


async def revoke_family(session: AsyncSession, *, family_id: UUID) -> None:
    await _revoke_where(session, RefreshToken.family_id == family_id)


async def revoke_user(session: AsyncSession, *, user_id: UUID) -> None:
    await _revoke_where(session, RefreshToken.user_id == user_id)


async def _find(session: AsyncSession, token: str) -> RefreshToken | None:
    return await session.scalar(select(RefreshToken).where(RefreshToken.digest == digest(token)))


async def _revoke_where(session: AsyncSession, condition: ColumnElement[bool]) -> None:
    await session.execute(
        update(RefreshToken)
        .where(condition, RefreshToken.revoked_at.is_(None))
        .values(revoked_at=utc_now())
        .execution_options(synchronize_session=False)
    )
