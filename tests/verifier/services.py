"""The real database servers and brokers: those that are up, else own instances on the loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from tests.verifier.servers import Server, ServiceError, listens

PORTS = {"postgresql": 5432, "mysql": 3306, "redis": 6379, "rabbitmq": 5672}
BROKERS = {
    "redis": ("redis", "127.0.0.1:{port}/0"),
    "rabbitmq": ("amqp", "guest:guest@127.0.0.1:{port}//"),
}
USERS = {"postgresql": "postgres", "mysql": "root"}

# A Redis as it comes has 16 databases; number 0 is left to whoever else uses it.
_redis_numbers: SimpleQueue[int] = SimpleQueue()
for _number in range(1, 16):
    _redis_numbers.put(_number)


@dataclass
class Services:
    """Which services there are; as a context it ends the instances that it started, no others."""

    missing: dict[str, str] = field(default_factory=dict)
    started: list[Server] = field(default_factory=list)

    def __enter__(self) -> Self:
        for name in PORTS:
            if not is_up(name):
                self._start(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for server in self.started:
            server.remove()

    def need(self, name: str) -> None:
        """Raise ServiceError, with the reason, unless the service is up."""
        if name in self.missing:
            raise ServiceError(f"{name} is missing: {self.missing[name]}")

    def _start(self, name: str) -> None:
        server = Server(name, PORTS[name])
        self.started.append(server)
        try:
            server.start()
        except ServiceError as error:
            self.missing[name] = str(error)


def is_up(name: str) -> bool:
    """Return whether something listens on the service's port."""
    return listens(PORTS[name])


def redis_url(number: int = 0) -> str:
    """Return the address of one of Redis' databases."""
    return f"redis://127.0.0.1:{PORTS['redis']}/{number}"


@contextmanager
def own_redis() -> Iterator[str]:
    """Give the address of a database of Redis that no other row of this run uses."""
    number = _redis_numbers.get()
    try:
        yield redis_url(number)
    finally:
        _redis_numbers.put(number)


def broker_url(broker: str, *, port: int | None = None) -> str:
    """Return the address of a choice of `broker`."""
    scheme, rest = BROKERS[broker]
    return f"{scheme}://{rest.format(port=port or PORTS[broker])}"


def database_url(database: str, name: str, *, scheme: str, port: int | None = None) -> str:
    """Return the address of a database by name, for a choice of `database` and a driver's scheme.

    Raises:
        ValueError: the database has no server.
    """
    if database not in USERS:
        raise ValueError(f"{database} has no server")
    return f"{scheme}://{USERS[database]}@127.0.0.1:{port or PORTS[database]}/{name}"
