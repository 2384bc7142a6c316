"""A mail server that keeps what it takes, and can be told to keep its clients waiting."""

import select
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
END = b".\r\n"


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP (RFC 5321) as it takes to receive mails."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[str] = []
        self.waiting = Event()
        self.open = Event()
        self.open.set()

    @property
    def url(self) -> str:
        """What `EMAIL_URL` is to be."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def count(self, recipient: str) -> int:
        """Return how many mails to this address were taken."""
        return sum(f"To: {recipient}" in mail for mail in self.taken)


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            verb = line.strip()[:4].upper()
            self.wfile.write(ANSWERS.get(verb, b"250 ok\r\n"))
            if verb == b"DATA" and not self._take():
                return

    def _take(self) -> bool:
        """Take a mail once the server is open; whoever has gone by then has sent nothing."""
        lines = []
        while (line := self.rfile.readline()) != END:
            if not line:
                return False
            lines.append(line)
        self.server.waiting.set()
        self.server.open.wait()
        if self._is_gone():
            return False
        self.server.taken.append(b"".join(lines).decode())
        self.wfile.write(b"250 taken\r\n")
        return True

    def _is_gone(self) -> bool:
        """Whether the client no longer waits: until it is answered, one that does says nothing."""
        readable, _, _ = select.select([self.connection], [], [], 0.2)
        return bool(readable)


@contextmanager
def receiving() -> Iterator[MailServer]:
    """Run a mail server."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.open.set()
            server.shutdown()
            thread.join()
