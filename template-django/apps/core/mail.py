"""Sending mail, with retries."""

import random
import time

import structlog
from django.core.mail import send_mail as hand_over
from django.tasks import task

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 1.0

log = structlog.get_logger()


@task
def send_mail(*, to: str, subject: str, body: str) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            hand_over(subject, body, None, [to])
        except Exception:
            log.exception("mail_not_sent", attempt=attempt)
            if attempt < ATTEMPTS:
                pause = FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311
                time.sleep(pause)
        else:
            return
