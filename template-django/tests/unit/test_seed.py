"""The command `seed`."""

from django.core.management import call_command
from httpx2 import Client

from apps.todos import seeds
from tests.api.support import sign_in


def test_seed_twice_is_seed_once(client: Client) -> None:
    for _ in range(2):
        call_command("seed", verbosity=0)

    caller = sign_in(client, seeds.EMAIL)

    assert len(caller.get("/todos").json()["items"]) == 6
    assert caller.get("/todos/stats").json()["overdue"] == 1
