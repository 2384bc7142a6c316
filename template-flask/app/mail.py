"""Mail: by SMTP where `EMAIL_URL` says so, else printed."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

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
    def send(self, mail: Mail) -> None: ...


class ConsoleMailer:
    """Prints mails, for development."""

    def send(self, mail: Mail) -> None:
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

    def send(self, mail: Mail) -> None:
        """Hand one mail to the server.

        Raises:
            OSError: the server did not take it; smtplib's own errors are among these.
        """
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = mail.to
        message["Message-ID"] = f"<{mail.id}@{self.domain}>"
        message["Subject"] = mail.subject
        message.set_content(mail.body)
        with self._connect() as server:
            if self.username:
                server.login(self.username, self.password or "")
            server.send_message(message)

    @contextmanager
    def _connect(self) -> Iterator[smtplib.SMTP]:
        address, context = (self.hostname, self.port), ssl.create_default_context()
        if self.use_tls:
            with smtplib.SMTP_SSL(*address, timeout=TIMEOUT_SECONDS, context=context) as server:
                yield server
            return
        with smtplib.SMTP(*address, timeout=TIMEOUT_SECONDS) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            yield server


def make_mailer(settings: Settings) -> Mailer:
    if settings.email_url:
        return SmtpMailer(settings.email_url, settings.email_from)
    return ConsoleMailer()
