"""Sending mail, with retries."""

import random

import anyio
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.mail import Mail
from app.tasks.queue import JobContext, enqueue

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 1.0

log = structlog.get_logger()


def send_mail(session: AsyncSession, mail: Mail) -> None:
    """Send the mail once the session has committed."""
    enqueue(session, _send_mail, mail=mail)


async def _send_mail(context: JobContext, *, mail: Mail) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await context.mailer.send(mail)
        except Exception:
            log.exception("mail_not_sent", attempt=attempt)
            if attempt < ATTEMPTS:
                pause = FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311
                await anyio.sleep(pause)
        else:
            return
