"""Accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Conflict, Forbidden, NotFound
from app.models import User
from app.pagination import Order, Pager, PageRequest
from app.passwords import hash_password, verify_password
from app.schemas.auth import UserCreate
from app.schemas.users import PasswordChange, UserAdminUpdate, UserUpdate
from app.services import logins, mails
from app.settings import Settings

NEWEST_FIRST = Order(column=User.id, tie=User.id, parse=UUID, descending=True)


def email_key(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return email.strip().casefold()


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email_key == email_key(email)))


def hold_user_by_credentials(session: Session, *, email: str, password: str) -> User | None:
    """Return the active user whose credentials are good, else None; takes as long either way.

    Whoever changes the user's logins or password waits from then on. The password is compared again
    with what they left: a change while it was verified has ended every login but this.
    """
    user = find_user_by_email(session, email)
    verified = user.password_hash if user else None
    if not verify_password(password, verified) or user is None:
        return None
    held = logins.hold_user(session, user.id)
    return held if held and held.is_active and held.password_hash == verified else None


def register_user(session: Session, settings: Settings, *, data: UserCreate) -> User:
    """Create an account and mail its verification.

    Raises:
        Conflict: the e-mail is taken.
    """
    password_hash = hash_password(data.password)
    user = User(
        email=data.email,
        email_key=email_key(data.email),
        full_name=data.full_name,
        password_hash=password_hash,
    )
    session.add(user)
    _flush_unique_email(session)
    mails.request_email_verification(session, settings, user=user)
    return user


def create_superuser(session: Session, *, email: str, password: str) -> User:
    """Create a superuser, or make the account of this e-mail one with this password."""
    user = find_user_by_email(session, email)
    if user is None:
        user = User(email=email, email_key=email_key(email))
        session.add(user)
    user.password_hash = hash_password(password)
    user.email_verified = user.is_active = user.is_superuser = True
    _flush_unique_email(session)
    return user


def update_user(session: Session, settings: Settings, *, user: User, data: UserUpdate) -> User:
    """Apply a merge patch; another e-mail has to be verified again.

    Raises:
        Conflict: the e-mail is taken.
    """
    changes = data.model_dump(exclude_unset=True)
    has_new_email = "email" in changes and email_key(data.email) != user.email_key
    for name, value in changes.items():
        setattr(user, name, value)
    user.email_key = email_key(user.email)
    if has_new_email:
        user.email_verified = False
    _flush_unique_email(session)
    if has_new_email:
        mails.request_email_verification(session, settings, user=user)
    return user


def change_password(session: Session, *, user: User, data: PasswordChange) -> None:
    """Set another password and end every session of the user.

    Raises:
        Forbidden: the current password is wrong.
    """
    if not verify_password(data.current_password, user.password_hash):
        raise Forbidden("The current password is wrong")
    set_password(session, user=user, password=data.new_password)


def set_password(session: Session, *, user: User, password: str) -> None:
    user.password_hash = hash_password(password)
    session.flush()
    logins.end_all(session, user_id=user.id)


def delete_user(session: Session, *, user: User) -> None:
    """Delete the account; the database deletes its rows with it."""
    session.execute(delete(User).where(User.id == user.id))


def list_users(
    session: Session, settings: Settings, *, page: PageRequest
) -> tuple[Sequence[User], str | None]:
    pager = Pager(settings, scope="users", order=NEWEST_FIRST)
    rows = session.scalars(pager.statement(select(User), page)).all()
    return pager.cut(rows, page)


def administer_user(session: Session, *, user_id: UUID, data: UserAdminUpdate) -> User:
    """Change what only superusers may change; a deactivated user is logged out for good.

    Raises:
        NotFound: there is no such user.
    """
    user = session.scalar(
        select(User)
        .where(User.id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if user is None:
        raise NotFound("There is no such user")
    for name, value in data.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    session.flush()
    if not user.is_active:
        logins.end_all(session, user_id=user.id)
    return user


def _flush_unique_email(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("This e-mail is taken") from error
