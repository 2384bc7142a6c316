"""Mail goes out by SMTP, or is printed."""

from collections.abc import Iterator
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from django.core.mail import EmailMessage
from django.test import override_settings

from apps.core import mail
from config.settings.email import read_email_url

received: list[str] = []


class Smtp(StreamRequestHandler):
    """Speaks just enough SMTP (RFC 5321) to receive one mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        is_data = False
        for line in self.rfile:
            if is_data:
                received.append(line.decode())
                is_data = line != b".\r\n"
                answer = b"" if is_data else b"250 taken\r\n"
            elif line.upper().startswith(b"DATA"):
                is_data, answer = True, b"354 go on\r\n"
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                answer = b"250 ok\r\n"
            self.wfile.write(answer)


@pytest.fixture
def smtp_url() -> Iterator[str]:
    received.clear()
    with ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        Thread(target=server.serve_forever).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def send() -> None:
    with override_settings(DEFAULT_FROM_EMAIL="Todos <todo@todo.example.com>"):
        mail.send_mail.call(to="ada@example.com", subject="Hello", body="A line\n", id="7")


def test_smtp_delivers(smtp_url: str) -> None:
    with override_settings(MAILERS={"default": read_email_url(smtp_url)}):
        send()
    assert "To: ada@example.com" in "".join(received)
    assert "A line" in "".join(received)


def test_without_a_server_mails_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(MAILERS={"default": read_email_url("")}):
        send()
    assert "Subject: Hello" in capsys.readouterr().out


def test_a_mail_that_comes_again_is_known(smtp_url: str) -> None:
    with override_settings(MAILERS={"default": read_email_url(smtp_url)}):
        send()
        send()
    known = [line for line in received if line.startswith("Message-ID:")]
    assert known == ["Message-ID: <7@todo.example.com>\r\n"] * 2


@pytest.mark.usefixtures("database")
def test_each_mail_has_an_id_of_its_own(mailoutbox: list[EmailMessage]) -> None:
    for _ in range(2):
        mail.mail_after_commit(to="ada@example.com", subject="Hello", body="A line\n")
    messages = [message.extra_headers["Message-ID"] for message in mailoutbox]
    assert len(set(messages)) == 2
