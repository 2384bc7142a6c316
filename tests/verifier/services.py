"""The real database servers and Redis: those that are up, else own instances on the loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from tests.verifier.paths import STATE

PORTS = {"postgresql": 5432, "mysql": 3306, "redis": 6379}
START_SECONDS = 40.0
ROOT_USER = 0

# A Redis as it comes has 16 databases; number 0 is left to whoever else uses it.
_redis_numbers: SimpleQueue[int] = SimpleQueue()
for _number in range(1, 16):
    _redis_numbers.put(_number)


class ServiceError(Exception):
    """A service is neither up nor installed, or does not start."""


@dataclass
class Services:
    """Which services there are; as a context it ends the instances that it started, no others."""

    missing: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

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
        for process in self.started:
            process.terminate()
        for process in self.started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            process.wait()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)

    def need(self, name: str) -> None:
        """Raise ServiceError, with the reason, unless the service is up."""
        if name in self.missing:
            raise ServiceError(f"{name} is missing: {self.missing[name]}")

    def _start(self, name: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_state()))
        self.folders.append(folder)
        try:
            process = STARTERS[name](folder)
            self.started.append(process)
            _await(name, process, folder)
        except (ServiceError, OSError, subprocess.CalledProcessError) as error:
            self.missing[name] = str(error)


def is_up(name: str) -> bool:
    """Return whether something listens on the service's port."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", PORTS[name]), timeout=1):
        return True
    return False


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


def database_url(database: str) -> str | None:
    """Return the server's address for a choice of `database`; nothing for SQLite."""
    return {
        "postgresql": f"postgresql+asyncpg://postgres@127.0.0.1:{PORTS['postgresql']}/postgres",
        "mysql": f"mysql+asyncmy://root@127.0.0.1:{PORTS['mysql']}/mysql",
    }.get(database)


def _state() -> Path:
    STATE.mkdir(exist_ok=True)
    return STATE


def _binary(*names: str) -> str:
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    path = os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    raise ServiceError(f"{names[0]} is not installed")


def _owner() -> str | None:
    """Return who is to run PostgreSQL, which refuses to run as root."""
    if os.geteuid() != ROOT_USER:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _postgresql(folder: Path) -> subprocess.Popen[bytes]:
    owner, data = _owner(), folder / "data"
    if owner:
        shutil.chown(folder, owner)
    initdb = [_binary("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run(initdb, user=owner, check=True, capture_output=True)  # noqa: S603
    port = str(PORTS["postgresql"])
    options = ["-h", "127.0.0.1", "-p", port, "-k", str(folder), "-c", "max_connections=200"]
    return _spawn([_binary("postgres"), "-D", str(data), *options], folder, owner)


def _mysql(folder: Path) -> subprocess.Popen[bytes]:
    data = folder / "data"
    as_user = ["--user=root"] if os.geteuid() == ROOT_USER else []
    common = ["--no-defaults", f"--datadir={data}", *as_user]
    install = [_binary("mariadb-install-db", "mysql_install_db"), *common]
    install += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    listen = ["--bind-address=127.0.0.1", f"--port={PORTS['mysql']}"]
    files = [f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}"]
    return _spawn([_binary("mariadbd", "mysqld"), *common, *listen, *files], folder)


def _redis(folder: Path) -> subprocess.Popen[bytes]:
    command = [_binary("redis-server"), "--bind", "127.0.0.1", "--port", str(PORTS["redis"])]
    return _spawn([*command, "--save", "", "--dir", str(folder)], folder)


def _spawn(command: list[str], folder: Path, user: str | None = None) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, user=user
        )


def _await(name: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_up(name):
        if process.poll() is not None or time.monotonic() > deadline:
            last = (folder / "log").read_text(errors="replace").strip().splitlines()[-1:]
            raise ServiceError(f"it does not start: {' '.join(last)}")
        time.sleep(0.2)


STARTERS: dict[str, Callable[[Path], subprocess.Popen[bytes]]] = {
    "postgresql": _postgresql,
    "mysql": _mysql,
    "redis": _redis,
}
