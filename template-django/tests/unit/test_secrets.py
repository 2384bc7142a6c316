"""How secrets are kept: passwords under Argon2id, tokens as digests, no account given away."""

from collections.abc import Sequence
from dataclasses import astuple

import pytest
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from httpx2 import Client

from apps.users.tokens import digest
from tests.api import logins
from tests.api.support import API, PHRASE, Mail, log_in, mailed_token, new_email, sign_up


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done with a password, each of which costs the same."""
    done: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def count_encode(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        done.append("encode")
        return encode(self, password, salt)

    def count_verify(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        done.append("verify")
        return verify(self, password, encoded)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", count_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", count_verify)
    return done


def test_a_login_costs_one_hash_with_or_without_an_account(
    client: Client, hashed: list[str]
) -> None:
    email = sign_up(client).email
    hashed.clear()
    assert log_in(client, email, "a wrong passphrase").status_code == logins.REFUSED
    assert hashed == ["verify"]
    assert log_in(client, new_email(), "a wrong passphrase").status_code == logins.REFUSED
    assert hashed == ["verify", "encode"]


def test_a_reset_costs_no_hash_with_or_without_an_account(
    client: Client, hashed: list[str]
) -> None:
    emails = [sign_up(client).email, new_email()]
    hashed.clear()
    answers = [client.post(f"{API}/auth/password-reset", json={"email": e}) for e in emails]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert hashed == []


def test_of_tokens_only_digests_are_stored(client: Client, outbox: Sequence[Mail]) -> None:
    caller = sign_up(client)
    mailed = [mailed_token(outbox, caller.email)]
    client.post(f"{API}/auth/password-reset", json={"email": caller.email})
    mailed.append(mailed_token(outbox, caller.email))
    secrets = astuple(caller.login)
    tables = [model._base_manager.values_list() for model in apps.get_models()]
    stored = {value for rows in tables for row in rows for value in row if isinstance(value, str)}
    assert {digest(token) for token in mailed} <= stored
    assert {digest(secret) for secret in secrets} & stored
    assert not {*mailed, *secrets} & stored


def test_passwords_are_hashed_by_argon2id_at_owasps_cost_or_more() -> None:
    _, kind, version, parameters, *_ = Argon2PasswordHasher().encode(PHRASE, "salt" * 4).split("$")
    cost = dict(part.split("=") for part in parameters.split(","))
    assert (kind, version) == ("argon2id", "v=19")
    assert int(cost["m"]) >= 19456
    assert int(cost["t"]) >= 2
