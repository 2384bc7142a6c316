"""Sending mail."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from app.mail import Mail
from app.tasks.queue import Job, JobContext, enqueue


def send_mail(session: Session, mail: Mail) -> None:
    """Send the mail once the session has committed."""
    enqueue(session, SEND_MAIL, **asdict(mail))


def _send(context: JobContext, *, to: str, subject: str, body: str, id: str) -> None:
    context.mailer.send(Mail(to=to, subject=subject, body=body, id=id))


SEND_MAIL = Job("send_mail", _send)
