"""Accounts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from apps.core.errors import Conflict, Forbidden, NotFound
from apps.core.pagination import Order, Pager
from apps.users.models import User, email_key
from apps.users.services import logins, mails

NEWEST_FIRST = Order(column="id", parse=UUID, descending=True)


def find_user_by_email(email: str) -> User | None:
    return User.objects.filter(email_key=email_key(email)).first()


def hold_authenticated(verified: AbstractBaseUser) -> User | None:
    """Return the user whose password was verified, active and with the same password still.

    Whoever changes the user's logins or password waits from then on; a change while it was verified
    has ended every login but this.
    """
    user = logins.hold_user(verified.pk)
    return user if user and user.is_active and user.password == verified.password else None


def register_user(*, email: str, password: str, full_name: str | None = None) -> User:
    """Create an account and mail its verification.

    Raises:
        Conflict: the e-mail is taken.
    """
    user = User(email=email, full_name=full_name, password=make_password(password))
    with transaction.atomic():
        _save_unique_email(user)
        mails.request_email_verification(user=user)
    return user


def create_superuser(*, email: str, password: str) -> User:
    """Create a superuser, or make the account of this e-mail one with this password."""
    user = find_user_by_email(email) or User(email=email)
    user.set_password(password)
    user.email_verified = user.is_active = user.is_superuser = True
    user.save()
    return user


@transaction.atomic
def update_user(*, user: User, changes: Mapping[str, Any]) -> User:
    """Apply a merge patch; another e-mail has to be verified again.

    Raises:
        Conflict: the e-mail is taken.
    """
    user = User.objects.select_for_update().get(id=user.id)
    has_new_email = "email" in changes and email_key(changes["email"]) != user.email_key
    for name, value in changes.items():
        setattr(user, name, value)
    if has_new_email:
        user.email_verified = False
    _save_unique_email(user)
    if has_new_email:
        mails.request_email_verification(user=user)
    return user


def change_password(*, user: User, current_password: str, new_password: str) -> None:
    """Set another password and end every session of the user.

    Raises:
        Forbidden: the current password is wrong.
    """
    if not user.check_password(current_password):
        raise Forbidden("The current password is wrong")
    set_password(user=user, password=new_password)


def set_password(*, user: User, password: str) -> None:
    """Set the password, and log the user out everywhere."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password", "updated_at"])
        logins.end_all(user=user)


def delete_user(*, user: User) -> None:
    """Delete the account; the database deletes its rows with it."""
    user.delete()


def list_users(*, limit: int, cursor: str | None) -> tuple[Sequence[User], str | None]:
    """Return a page of accounts, newest first."""
    return Pager("users", NEWEST_FIRST).page(User.objects.all(), limit=limit, cursor=cursor)


@transaction.atomic
def administer_user(*, user_id: UUID, changes: Mapping[str, Any]) -> User:
    """Change what only superusers may change; a deactivated user is logged out for good.

    Raises:
        NotFound: there is no such user.
    """
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise NotFound("There is no such user")
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()
    if not user.is_active:
        logins.end_all(user=user)
    return user


def _save_unique_email(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Conflict("This e-mail is taken") from error
