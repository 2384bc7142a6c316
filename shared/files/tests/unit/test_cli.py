"""The commands."""

import json
from collections.abc import Iterator

import pytest
from httpx2 import Client
from typer.testing import CliRunner

from app import settings as settings_module
from app.cli import app
from app.database import Database
from app.services import seeds
from app.settings import Settings
from tests.api.support import later, sign_in, sign_up

runner = CliRunner()
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    settings_module.get_settings.cache_clear()
    yield
    settings_module.get_settings.cache_clear()


def test_superuser_is_made_and_made_again(client: Client) -> None:
    for password in (PASSWORD, PASSWORD + "!"):
        assert runner.invoke(app, ["superuser", "root@example.com", password]).exit_code == 0
        caller = sign_in(client, "root@example.com", password)
        assert caller.get("/users/me").json()["is_superuser"] is True


@pytest.mark.parametrize("arguments", [["nobody", PASSWORD], ["root@example.com", "short"]])
def test_superuser_refuses_bad_input(client: Client, arguments: list[str]) -> None:
    result = runner.invoke(app, ["superuser", *arguments])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_seed_twice_is_seed_once(client: Client) -> None:
    for _ in range(2):
        assert runner.invoke(app, ["seed"]).exit_code == 0
    caller = sign_in(client, seeds.EMAIL, seeds.PASSWORD)
    assert len(caller.get("/todos").json()["items"]) == 6


def test_check_says_that_all_is_well(client: Client) -> None:
    assert "is good" in runner.invoke(app, ["check"]).stdout


def test_check_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_database: Database) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(Database, "ping", refuse)
    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    assert "database" in result.stderr


def test_bad_settings_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.delenv("DATABASE_URL")
    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    assert "SECRET_KEY" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_openapi_prints_the_document() -> None:
    assert json.loads(runner.invoke(app, ["openapi"]).stdout)["openapi"].startswith("3.1")


def test_purge_keeps_logins_until_they_expire(client: Client) -> None:
    caller = sign_up(client)
    assert runner.invoke(app, ["purge"]).exit_code == 0
    assert caller.is_logged_in()


def test_purge_deletes_expired_logins(client: Client) -> None:
    caller = sign_up(client)
    with later(days=366):
        assert runner.invoke(app, ["purge"]).exit_code == 0
    assert not caller.is_logged_in()
