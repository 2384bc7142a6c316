"""Settings come from the environment, and production refuses to start without what it needs."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.email import read_email_url
from config.settings.security import DEVELOPMENT_SECRET_KEY
from tests.environment import settings_of

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "DATABASE_URL": "sqlite:////data/app.db",
    "EMAIL_URL": "smtp://mail.example.com",
    "PUBLIC_URL": "https://todo.example.com",
}


def read(**environment: str) -> dict[str, object]:
    return settings_of(environment, "config.settings")


def test_production_starts_with_all_it_needs() -> None:
    found = read(**GOOD)
    assert found["SECRET_KEY"] == GOOD["SECRET_KEY"]
    assert found["DEBUG"] is False


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "PUBLIC_URL"])
def test_production_names_what_is_missing(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**GOOD | {name: ""})


@pytest.mark.parametrize("key", ["short", DEVELOPMENT_SECRET_KEY])
def test_production_refuses_weak_secrets(key: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        read(**GOOD | {"SECRET_KEY": key})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("DATABASE_URL", "oracle://app@localhost/app"),
        ("EMAIL_URL", "http://example.com"),
        ("CORS_ORIGINS", "*"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**{"ENVIRONMENT": "test", name: value})


def test_lists_are_separated_by_commas() -> None:
    origins = "https://a.example.com, https://b.example.com"
    found = read(ENVIRONMENT="test", CORS_ORIGINS=origins, ALLOWED_HOSTS="a.test,*.b.test")
    assert found["CORS_ALLOWED_ORIGINS"] == origins.split(", ")
    assert found["ALLOWED_HOSTS"] == ["a.test", ".b.test"]


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert read(ENVIRONMENT="test", PUBLIC_URL="")["PUBLIC_URL"] == "http://localhost:8000"


def test_a_relative_database_file_is_in_the_project() -> None:
    databases = read(ENVIRONMENT="test", DATABASE_URL="sqlite:///./a.db")["DATABASES"]
    assert isinstance(databases, dict)
    assert databases["default"]["NAME"].endswith("/a.db")


def test_smtps_uses_its_own_port() -> None:
    options = read_email_url("smtps://ada:p%40ss@mail.example.com")["OPTIONS"]
    assert (options["port"], options["use_ssl"], options["password"]) == (465, True, "p@ss")
    assert read_email_url("smtp://mail.example.com")["OPTIONS"]["port"] == 587
