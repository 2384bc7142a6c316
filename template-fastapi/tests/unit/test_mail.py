"""Mail goes out by SMTP, or is printed, and a failing server is asked again."""

import asyncio
from dataclasses import asdict

import pytest

from app.database import Database
from app.mail import ConsoleMailer, Mail, SmtpMailer, make_mailer
from app.settings import Settings
from app.tasks import local
from app.tasks.local import LocalStarter
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Call, JobContext
from tests.conftest import make_settings

MAIL = Mail(to="ada@example.com", subject="Hello", body="A line\n")


class SmtpServer:
    """Speaks just enough SMTP (RFC 5321) to receive one mail."""

    def __init__(self) -> None:
        self.received = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        is_data = False
        while line := await reader.readline():
            if is_data:
                self.received += line.decode()
                is_data = line != b".\r\n"
                answer = b"" if is_data else b"250 taken\r\n"
            elif line.upper().startswith(b"DATA"):
                is_data, answer = True, b"354 go on\r\n"
            elif line.upper().startswith(b"QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                answer = b"250 ok\r\n"
            writer.write(answer)
        writer.close()


def test_smtp_delivers() -> None:
    async def deliver() -> str:
        smtp = SmtpServer()
        server = await asyncio.start_server(smtp.serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            url = f"smtp://127.0.0.1:{port}"
            await make_mailer(make_settings(email_url=url)).send(MAIL)
        return smtp.received

    received = asyncio.run(deliver())
    assert "To: ada@example.com" in received
    assert f"Message-ID: <{MAIL.id}@localhost>" in received
    assert "A line" in received


def test_without_a_server_mails_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    mailer = make_mailer(make_settings())
    assert isinstance(mailer, ConsoleMailer)
    asyncio.run(mailer.send(MAIL))
    assert "Subject: Hello" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://example.com", "smtp://"])
def test_a_url_that_is_not_smtp_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL"):
        SmtpMailer(url, "x@example.com")


def test_smtps_uses_its_own_port() -> None:
    mailer = SmtpMailer("smtps://ada:p%40ss@mail.example.com", "x@example.com")
    assert (mailer.port, mailer.use_tls, mailer.password) == (465, True, "p@ss")


class FailingMailer:
    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.attempts = 0

    async def send(self, mail: Mail) -> None:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise OSError("no server")


@pytest.mark.parametrize(("failures", "attempts"), [(0, 1), (2, 3), (9, 3)])
def test_a_failing_server_is_asked_three_times(
    failures: int, attempts: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "FIRST_PAUSE_SECONDS", 0.001)
    mailer = FailingMailer(failures)
    starter = LocalStarter(JobContext(Database(settings), mailer))
    asyncio.run(starter.start(Call(SEND_MAIL, (), asdict(MAIL))))
    assert mailer.attempts == attempts
