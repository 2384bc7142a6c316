"""Mails with a token, and the tokens that come back."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from apps.core.errors import BadToken
from apps.core.mail import mail_after_commit
from apps.users.models import EmailToken, Purpose, User
from apps.users.tokens import digest, new_token

LIFETIMES = {Purpose.VERIFY_EMAIL: timedelta(days=2), Purpose.RESET_PASSWORD: timedelta(hours=1)}


def request_email_verification(*, user: User) -> None:
    token = _issue(user=user, purpose=Purpose.VERIFY_EMAIL)
    body = f"Confirm your address:\n\n{settings.PUBLIC_URL}/verify-email?token={token}\n"
    mail_after_commit(to=user.email, subject="Confirm your e-mail address", body=body)


def request_password_reset(*, user: User) -> None:
    token = _issue(user=user, purpose=Purpose.RESET_PASSWORD)
    body = (
        f"Choose a new password:\n\n{settings.PUBLIC_URL}/password-reset?token={token}\n\n"
        "If you did not ask for this, nothing needs to be done.\n"
    )
    mail_after_commit(to=user.email, subject="Reset your password", body=body)


def spend(*, token: str, purpose: Purpose) -> User:
    """Use up a mailed token and return whose it is.

    Raises:
        BadToken: it is unknown, spent, expired, for another purpose or another address.
    """
    now = timezone.now()
    known = EmailToken.objects.filter(digest=digest(token), purpose=purpose)
    spent = known.filter(used_at=None, expires_at__gt=now).update(used_at=now)
    found = (
        known.filter(email=F("user__email"), user__is_active=True).select_related("user").first()
    )
    if not spent or found is None:
        raise BadToken("This token is not good, or not any more")
    return found.user


def forget_tokens(*, user: User, purpose: Purpose) -> None:
    """Spend every token of this purpose that the user still has."""
    unused = EmailToken.objects.filter(user=user, purpose=purpose, used_at=None)
    unused.update(used_at=timezone.now())


def _issue(*, user: User, purpose: Purpose) -> str:
    token = new_token()
    EmailToken.objects.create(
        user=user,
        purpose=purpose,
        email=user.email,
        digest=digest(token),
        expires_at=timezone.now() + LIFETIMES[purpose],
    )
    return token
