"""Sending mail."""

from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncSession

from app.mail import Mail
from app.tasks.queue import Job, JobContext, enqueue


def send_mail(session: AsyncSession, mail: Mail) -> None:
    """Send the mail once the session has committed."""
    enqueue(session, SEND_MAIL, **asdict(mail))


async def _send(context: JobContext, *, to: str, subject: str, body: str, id: str) -> None:
    await context.mailer.send(Mail(to=to, subject=subject, body=body, id=id))


SEND_MAIL = Job("send_mail", _send)
