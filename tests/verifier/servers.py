"""A database server or broker of our own: on the loopback, with its data in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.verifier.paths import STATE

START_SECONDS = 90.0
STOP_SECONDS = 15.0
ROOT_USER = 0
# What ends a server and all its processes at once, as a power failure would.
CRASH = {"postgresql": signal.SIGQUIT}


class ServiceError(Exception):
    """A service is neither up nor installed, or does not start."""


@dataclass
class Server:
    """One server with further command-line options; after a crash it starts on the same data."""

    name: str
    port: int
    options: tuple[str, ...] = ()
    folder: Path = field(init=False)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        STATE.mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=STATE))

    def start(self) -> None:
        """Start it and wait until it listens; make its data folder at the first start.

        Raises:
            ServiceError: it is not installed, or does not start.
        """
        try:
            command, user = COMMANDS[self.name](self)
            self.process = self._spawn(command, user)
        except (OSError, subprocess.CalledProcessError) as error:
            raise ServiceError(str(error)) from error
        self._await()

    def crash(self) -> None:
        """End it at once, whatever it is doing."""
        if self.process is not None:
            self._signal(CRASH.get(self.name, signal.SIGKILL))
            self.process.wait()

    def remove(self) -> None:
        """Stop it, if it runs, and remove its data."""
        if self.process is not None:
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
            self._signal(signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _spawn(self, command: list[str], user: str | None) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                [*command, *self.options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                user=user,
                start_new_session=True,
            )

    def _signal(self, number: int) -> None:
        """Send a signal to all its processes."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def _await(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not listens(self.port):
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                last = (self.folder / "log").read_text(errors="replace").strip().splitlines()[-1:]
                raise ServiceError(f"it does not start: {' '.join(last)}")
            time.sleep(0.1)


def listens(port: int) -> bool:
    """Return whether something listens on the port of the loopback interface."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _binary(*names: str) -> str:
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    folders += ["/usr/lib/rabbitmq/bin"]  # Before /usr/sbin, whose script runs it as another user.
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


def _postgresql(server: Server) -> tuple[list[str], str | None]:
    owner, data = _owner(), str(server.data)
    if not server.data.exists():
        if owner:
            shutil.chown(server.folder, owner)
        initdb = [_binary("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(initdb, user=owner, check=True, capture_output=True)  # noqa: S603
    listen = ["-h", "127.0.0.1", "-p", str(server.port), "-k", str(server.folder)]
    return [_binary("postgres"), "-D", data, *listen, "-c", "max_connections=200"], owner


def _mysql(server: Server) -> tuple[list[str], str | None]:
    as_user = ["--user=root"] if os.geteuid() == ROOT_USER else []
    common = ["--no-defaults", f"--datadir={server.data}", *as_user]
    if not server.data.exists():
        install = [_binary("mariadb-install-db", "mysql_install_db"), *common]
        install += ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    listen = ["--bind-address=127.0.0.1", f"--port={server.port}"]
    files = [f"--socket={server.folder / 'socket'}", f"--pid-file={server.folder / 'pid'}"]
    return [_binary("mariadbd", "mysqld"), *common, *listen, *files], None


def _redis(server: Server) -> tuple[list[str], str | None]:
    command = [_binary("redis-server"), "--bind", "127.0.0.1", "--port", str(server.port)]
    return [*command, "--save", "", "--dir", str(server.folder)], None


def _rabbitmq(server: Server) -> tuple[list[str], str | None]:
    folder = server.folder
    environment = {
        "HOME": folder,
        "RABBITMQ_CONFIG_FILE": folder / "none",
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_DIST_PORT": server.port + 1,
        "RABBITMQ_ENABLED_PLUGINS_FILE": folder / "plugins",
        "RABBITMQ_LOG_BASE": folder,
        "RABBITMQ_MNESIA_BASE": server.data,
        "RABBITMQ_NODENAME": f"trivet-{server.port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": server.port,
    }
    given = [f"{name}={value}" for name, value in environment.items()]
    return [_binary("env"), *given, _binary("rabbitmq-server")], None


COMMANDS = {"postgresql": _postgresql, "mysql": _mysql, "redis": _redis, "rabbitmq": _rabbitmq}
