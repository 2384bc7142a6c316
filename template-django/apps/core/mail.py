"""Sending mail."""

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task

from apps.core.transactions import after_commit


def mail_after_commit(*, to: str, subject: str, body: str) -> None:
    """Send a mail once the transaction has committed."""
    after_commit(send_mail, to=to, subject=subject, body=body, id=str(uuid4()))


@task
def send_mail(*, to: str, subject: str, body: str, id: str) -> None:
    """Hand a mail to the server; by the `id` in its Message-ID one knows a mail that comes again.

    Raises:
        OSError: the server did not take it; smtplib's own errors are among these.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{id}@{domain}>"}
    EmailMessage(subject, body, to=[to], headers=headers).send()
