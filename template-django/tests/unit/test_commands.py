"""The commands, but for those of Django itself."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from httpx2 import Client

from apps.exports.models import Export
from apps.exports.receivers import PATIENCE
from apps.users.models import EmailToken, User
from tests.api.support import PHRASE, later, sign_in, sign_up


def run(*command: str) -> str:
    output = StringIO()
    call_command(*command, stdout=output)
    return output.getvalue()


def test_superuser_is_made_and_made_again(client: Client) -> None:
    for password in (PHRASE, f"{PHRASE}!"):
        run("superuser", "root@example.com", password)
        caller = sign_in(client, "root@example.com", password)
        assert caller.get("/users/me").json()["is_superuser"] is True


@pytest.mark.parametrize("arguments", [["nobody", PHRASE], ["root@example.com", "short"]])
def test_superuser_refuses_bad_input(client: Client, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"email|password"):
        run("superuser", *arguments)


def test_createsuperuser_makes_one_too(client: Client) -> None:
    User.objects.create_superuser("root@example.com", PHRASE)
    assert sign_in(client, "ROOT@example.com").get("/users").status_code == 200


def test_openapi_prints_the_document() -> None:
    assert json.loads(run("openapi"))["openapi"].startswith("3.1")


def test_purge_deletes_what_has_expired_and_keeps_the_rest(database: None) -> None:
    user, now = User.objects.create_user("ada@example.com", PHRASE), timezone.now()
    for digest, days in (("old", -1), ("new", 1)):
        EmailToken.objects.create(
            user=user, email=user.email, digest=digest, expires_at=now + timedelta(days=days)
        )
    Export.objects.create(owner=user, created_at=now - PATIENCE)
    Export.objects.create(owner=user)
    run("purge")
    assert list(EmailToken.objects.values_list("digest", flat=True)) == ["new"]
    statuses = Export.objects.order_by("created_at").values_list("status", flat=True)
    assert list(statuses) == ["failed", "pending"]


def test_purge_keeps_logins_until_they_expire(client: Client) -> None:
    caller = sign_up(client)
    run("purge")
    assert caller.is_logged_in()


def test_purge_deletes_expired_logins(client: Client) -> None:
    caller = sign_up(client)
    with later(days=366):
        run("purge")
    assert not caller.is_logged_in()
