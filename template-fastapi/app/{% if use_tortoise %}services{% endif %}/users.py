"""Accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from app.database import AsyncSession
from app.errors import Conflict, Forbidden, NotFound
from app.models import User
from app.pagination import Order, Pager, PageRequest
from app.passwords import hash_password, verify_password
from app.schemas.auth import UserCreate
from app.schemas.users import PasswordChange, UserAdminUpdate, UserUpdate
from app.services import logins, mails
from app.settings import Settings

NEWEST_FIRST = Order(name="id", tie="id", parse=UUID, descending=True)


def email_key(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return email.strip().casefold()


async def find_user_by_email(_session: AsyncSession, email: str) -> User | None:
    return await User.get_or_none(email_key=email_key(email))


async def hold_user_by_credentials(
    session: AsyncSession, *, email: str, password: str
) -> User | None:
    """Return the active user whose credentials are good, else None; takes as long either way.

    Whoever changes the user's logins or password waits from then on. The password is compared again
    with what they left: a change while it was verified has ended every login but this.
    """
    user = await find_user_by_email(session, email)
    verified = user.password_hash if user else None
    if not await verify_password(password, verified) or user is None:
        return None
    held = await logins.hold_user(session, user.id)
    return held if held and held.is_active and held.password_hash == verified else None


async def register_user(session: AsyncSession, settings: Settings, *, data: UserCreate) -> User:
    """Create an account and mail its verification.

    Raises:
        Conflict: the e-mail is taken.
    """
    password_hash = await hash_password(data.password)
    try:
        user = await User.create(
            email=data.email,
            email_key=email_key(data.email),
            full_name=data.full_name,
            password_hash=password_hash,
        )
    except IntegrityError as error:
        raise _taken() from error
    await mails.request_email_verification(session, settings, user=user)
    return user


async def create_superuser(session: AsyncSession, *, email: str, password: str) -> User:
    """Create a superuser, or make the account of this e-mail one with this password."""
    rights: dict[str, Any] = {
        "password_hash": await hash_password(password),
        "email_verified": True,
        "is_active": True,
        "is_superuser": True,
    }
    user = await find_user_by_email(session, email)
    if user is not None:
        await user.change(**rights)
        return user
    try:
        return await User.create(email=email, email_key=email_key(email), **rights)
    except IntegrityError as error:
        raise _taken() from error


async def update_user(
    session: AsyncSession, settings: Settings, *, user: User, data: UserUpdate
) -> User:
    """Apply a merge patch; another e-mail has to be verified again.

    Raises:
        Conflict: the e-mail is taken.
    """
    changes = data.model_dump(exclude_unset=True)
    has_new_email = "email" in changes and email_key(data.email) != user.email_key
    if has_new_email:
        changes |= {"email_key": email_key(data.email), "email_verified": False}
    try:
        await user.change(**changes)
    except IntegrityError as error:
        raise _taken() from error
    if has_new_email:
        await mails.request_email_verification(session, settings, user=user)
    return user


async def change_password(session: AsyncSession, *, user: User, data: PasswordChange) -> None:
    """Set another password and end every session of the user.

    Raises:
        Forbidden: the current password is wrong.
    """
    if not await verify_password(data.current_password, user.password_hash):
        raise Forbidden("The current password is wrong")
    await set_password(session, user=user, password=data.new_password)


async def set_password(session: AsyncSession, *, user: User, password: str) -> None:
    await user.change(password_hash=await hash_password(password))
    await logins.end_all(session, user_id=user.id)


async def delete_user(_session: AsyncSession, *, user: User) -> None:
    """Delete the account; the database deletes its rows with it."""
    await user.delete()


async def list_users(
    _session: AsyncSession, settings: Settings, *, page: PageRequest
) -> tuple[Sequence[User], str | None]:
    pager = Pager(settings, scope="users", order=NEWEST_FIRST)
    return pager.cut(await pager.query(User.all(), page), page)


async def administer_user(session: AsyncSession, *, user_id: UUID, data: UserAdminUpdate) -> User:
    """Change what only superusers may change; a deactivated user is logged out for good.

    Raises:
        NotFound: there is no such user.
    """
    user = await User.filter(id=user_id).select_for_update().get_or_none()
    if user is None:
        raise NotFound("There is no such user")
    await user.change(**data.model_dump(exclude_unset=True))
    if not user.is_active:
        await logins.end_all(session, user_id=user.id)
    return user


def _taken() -> Conflict:
    return Conflict("This e-mail is taken")
