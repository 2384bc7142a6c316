"""What is up is used, what is not is started and ended, what is missing is named."""

import pytest

from tests.absent import absent
from tests.verifier import server, servers, services
from tests.verifier.servers import ServiceError
from tests.verifier.services import Services


@pytest.fixture
def nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for Redis alone, on a port that nobody listens on."""
    monkeypatch.setattr(services, "PORTS", {"redis": server.free_port()})


@pytest.mark.usefixtures("nothing_up")
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_binary", refuse)
    with Services() as up, pytest.raises(ServiceError, match="redis is missing: redis-server is"):
        up.need("redis")


@pytest.mark.usefixtures("nothing_up")
def test_what_is_installed_is_started_and_ended() -> None:
    try:
        servers._binary("redis-server")
    except ServiceError as error:
        absent(str(error))
    with Services() as up:
        up.need("redis")
        folder = up.started[0].folder
        assert services.is_up("redis")
        assert folder.is_dir()
    assert not services.is_up("redis")
    assert not folder.exists()


def test_what_is_up_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "is_up", lambda _: True)
    with Services() as up:
        assert up.started == []
        up.need("postgresql")


def test_redis_databases_are_not_shared() -> None:
    with services.own_redis() as one, services.own_redis() as other:
        assert one != other


def test_sqlite_has_no_server() -> None:
    with pytest.raises(ValueError, match="sqlite has no server"):
        services.database_url("sqlite", "app", scheme="sqlite")


def refuse(*names: str) -> str:
    raise ServiceError(f"{names[0]} is not installed")
