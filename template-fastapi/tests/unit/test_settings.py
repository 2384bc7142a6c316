"""Production refuses to start without what it needs."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.settings import DEVELOPMENT_SECRET_KEY, Settings
from tests.conftest import IsolatedSettings

GOOD = {
    "environment": "production",
    "secret_key": "0123456789abcdef0123456789abcdef",
    "database_url": "sqlite+aiosqlite:////data/app.db",
    "email_url": "smtp://mail.example.com",
    "public_url": "https://todo.example.com",
}


def build(**values: str) -> Settings:
    given: dict[str, Any] = {**values}
    return IsolatedSettings(**given)


def test_production_starts_with_all_it_needs() -> None:
    assert build(**GOOD).is_production


@pytest.mark.parametrize("name", ["secret_key", "database_url", "email_url", "public_url"])
def test_production_names_what_is_missing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name.upper(), raising=False)
    rest = {key: value for key, value in GOOD.items() if key != name}
    with pytest.raises(ValidationError, match=name.upper()):
        build(**rest)


@pytest.mark.parametrize("key", ["short", DEVELOPMENT_SECRET_KEY])
def test_production_refuses_weak_secrets(key: str) -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        build(**{**GOOD, "secret_key": key})


def test_origins_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example.com, https://b.example.com")
    assert build().cors_origins == ["https://a.example.com", "https://b.example.com"]
    monkeypatch.setenv("CORS_ORIGINS", "*")
    with pytest.raises(ValidationError, match="CORS_ORIGINS"):
        build()


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    assert build().redis_url is None
