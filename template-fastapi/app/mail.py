"""Mail: by SMTP where `EMAIL_URL` says so, else printed."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import aiosmtplib

from app.settings import Settings

TIMEOUT_SECONDS = 20
SCHEMES = ("smtp", "smtps")


@dataclass(frozen=True)
class Mail:
    """A mail; by its `id`, which is in its Message-ID, mail servers know one that comes again."""

    to: str
    subject: str
    body: str
    id: str = field(default_factory=lambda: str(uuid4()))


class Mailer(Protocol):
    async def send(self, mail: Mail) -> None: ...


class ConsoleMailer:
    """Prints mails, for development."""

    async def send(self, mail: Mail) -> None:
        print(f"To: {mail.to}\nSubject: {mail.subject}\n\n{mail.body}\n", flush=True)


class SmtpMailer:
    """Sends by SMTP; `smtps` means TLS from the start, `smtp` STARTTLS where it is offered."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("EMAIL_URL must be smtp://user:password@host:port")
        self.sender = sender
        self.domain = parseaddr(sender)[1].partition("@")[2] or "localhost"
        self.hostname = parts.hostname
        self.use_tls = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.use_tls else 587)
        self.username = unquote(parts.username) if parts.username else None
        self.password = unquote(parts.password) if parts.password else None

    async def send(self, mail: Mail) -> None:
        """Hand one mail to the server.

        Raises:
            aiosmtplib.SMTPException: the server did not take it.
        """
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = mail.to
        message["Message-ID"] = f"<{mail.id}@{self.domain}>"
        message["Subject"] = mail.subject
        message.set_content(mail.body)
        await aiosmtplib.send(
            message,
            hostname=self.hostname,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.use_tls,
            timeout=TIMEOUT_SECONDS,
        )


def make_mailer(settings: Settings) -> Mailer:
    if settings.email_url:
        return SmtpMailer(settings.email_url, settings.email_from)
    return ConsoleMailer()
