"""Mail goes out by SMTP, or is printed, and a failing server is asked again."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from socketserver import StreamRequestHandler, TCPServer
from unittest import mock

import pytest

from app.extensions import db
from app.mail import ConsoleMailer, Mail, SmtpMailer, make_mailer
from app.tasks import local
from app.tasks.local import LocalStarter
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Call, JobContext
from tests.conftest import make_settings

MAIL = Mail(to="ada@example.com", subject="Hello", body="A line\n")


class SmtpServer(TCPServer):
    """Speaks just enough SMTP (RFC 5321) to receive one mail."""

    def __init__(self, extension: str = "8BITMIME") -> None:
        super().__init__(("127.0.0.1", 0), SmtpSession)
        self.extension = extension
        self.received = ""
        self.commands: list[str] = []


class SmtpSession(StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        is_data = False
        for line in self.rfile:
            if is_data:
                self.server.received += line.decode()
                is_data = line != b".\r\n"
                answer = b"" if is_data else b"250 taken\r\n"
            else:
                command = line.split()[0].decode().upper()
                self.server.commands.append(command)
                is_data = command == "DATA"
                answer = self._answer(command)
            self.wfile.write(answer)

    def _answer(self, command: str) -> bytes:
        answers = {
            "EHLO": f"250-hello\r\n250-AUTH PLAIN\r\n250 {self.server.extension}\r\n",
            "AUTH": "235 welcome\r\n",
            "QUIT": "221 bye\r\n",
            "DATA": "354 go on\r\n",
            "STARTTLS": "454 not now\r\n",
        }
        return answers.get(command, "250 ok\r\n").encode()


@contextmanager
def serving(extension: str = "8BITMIME") -> Iterator[SmtpServer]:
    with SmtpServer(extension) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def mailer_for(server: SmtpServer, credentials: str = "") -> SmtpMailer:
    return SmtpMailer(f"smtp://{credentials}127.0.0.1:{server.server_address[1]}", "x@example.com")


def test_smtp_delivers() -> None:
    with serving() as server:
        mailer_for(server).send(MAIL)
    assert "To: ada@example.com" in server.received
    assert f"Message-ID: <{MAIL.id}@" in server.received
    assert "A line" in server.received
    assert "AUTH" not in server.commands


def test_credentials_are_sent() -> None:
    with serving() as server:
        mailer_for(server, "ada:secret@").send(MAIL)
    assert server.commands.index("AUTH") < server.commands.index("DATA")


def test_tls_is_used_where_it_is_offered() -> None:
    with serving("STARTTLS") as server, pytest.raises(OSError, match="not now"):
        mailer_for(server).send(MAIL)
    assert "STARTTLS" in server.commands
    assert "DATA" not in server.commands


def test_smtps_is_tls_from_the_start() -> None:
    with mock.patch("smtplib.SMTP_SSL") as connect:
        SmtpMailer("smtps://ada:p%40ss@mail.example.com", "x@example.com").send(MAIL)
    assert connect.call_args.args == ("mail.example.com", 465)
    assert connect.call_args.kwargs["context"].verify_mode is ssl.CERT_REQUIRED
    connect.return_value.__enter__.return_value.login.assert_called_once_with("ada", "p@ss")


def test_without_a_server_mails_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    mailer = make_mailer(make_settings())
    assert isinstance(mailer, ConsoleMailer)
    mailer.send(MAIL)
    assert "Subject: Hello" in capsys.readouterr().out


def test_with_a_server_mails_are_sent() -> None:
    assert isinstance(make_mailer(make_settings(email_url="smtp://mail.example.com")), SmtpMailer)


@pytest.mark.parametrize("url", ["http://example.com", "smtp://"])
def test_a_url_that_is_not_smtp_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL"):
        SmtpMailer(url, "x@example.com")


class FailingMailer:
    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.attempts = 0

    def send(self, mail: Mail) -> None:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise OSError("no server")


@pytest.mark.parametrize(("failures", "attempts"), [(0, 1), (2, 3), (9, 3)])
def test_a_failing_server_is_asked_three_times(
    failures: int, attempts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "FIRST_PAUSE_SECONDS", 0.001)
    mailer = FailingMailer(failures)
    starter = LocalStarter(JobContext(db, mailer), nullcontext)
    starter.run(Call(SEND_MAIL, (), asdict(MAIL)))
    assert mailer.attempts == attempts
