"""Mails that were sent, as the API tests look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import mail


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    body: str


class Outbox(Sequence[Mail]):
    """Shows what Django's own test mailer keeps."""

    def __getitem__(self, index: Any) -> Any:
        message = mail.outbox[index]
        return Mail(message.to[0], str(message.subject), str(message.body))

    def __len__(self) -> int:
        return len(mail.outbox)

    def clear(self) -> None:
        mail.outbox.clear()
