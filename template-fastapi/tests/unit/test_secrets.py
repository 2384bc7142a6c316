"""How secrets are kept: passwords under Argon2id, tokens as digests, no account given away."""

import asyncio
from collections.abc import Sequence
from dataclasses import astuple

import pytest
from httpx2 import Client
from pwdlib import PasswordHash

from app import passwords
from app.database import Database
from app.models import Base
from app.security import digest
from app.settings import Settings
from tests.api import logins
from tests.api.support import API, PHRASE, Mail, log_in, mailed_token, new_email, sign_up

SHIPPED_HASHER = passwords.password_hasher


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that a password is verified against."""
    hashes: list[str] = []
    verify = PasswordHash.verify

    def count(self: PasswordHash, password: str, password_hash: str) -> bool:
        hashes.append(password_hash)
        return verify(self, password, password_hash)

    monkeypatch.setattr(PasswordHash, "verify", count)
    return hashes


def test_a_login_costs_one_verification_with_or_without_an_account(
    client: Client, verified: list[str]
) -> None:
    email = sign_up(client).email
    verified.clear()
    assert log_in(client, email, "a wrong passphrase").status_code == logins.REFUSED
    assert log_in(client, new_email(), "a wrong passphrase").status_code == logins.REFUSED
    assert len(verified) == 2
    parameters = {password_hash.rsplit("$", 2)[0] for password_hash in verified}
    assert len(parameters) == 1


def test_a_reset_costs_no_hash_with_or_without_an_account(
    client: Client, verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    emails = [sign_up(client).email, new_email()]
    verified.clear()
    monkeypatch.setattr(PasswordHash, "hash", lambda *_: verified.append("made"))
    answers = [client.post(f"{API}/auth/password-reset", json={"email": e}) for e in emails]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert verified == []


def test_of_tokens_only_digests_are_stored(
    client: Client, settings: Settings, outbox: Sequence[Mail]
) -> None:
    caller = sign_up(client)
    mailed = [mailed_token(outbox, caller.email)]
    client.post(f"{API}/auth/password-reset", json={"email": caller.email})
    mailed.append(mailed_token(outbox, caller.email))
    secrets = astuple(caller.login)
    stored = asyncio.run(stored_texts(settings))
    assert {digest(token) for token in mailed} <= stored
    assert {digest(secret) for secret in secrets} & stored
    assert not {*mailed, *secrets} & stored


async def stored_texts(settings: Settings) -> set[str]:
    database = Database(settings)
    async with database.engine.connect() as connection:
        tables = [await connection.execute(table.select()) for table in Base.metadata.sorted_tables]
    await database.dispose()
    return {value for rows in tables for row in rows for value in row if isinstance(value, str)}


def test_passwords_are_hashed_by_argon2id_at_owasps_cost_or_more() -> None:
    _, kind, version, parameters, *_ = SHIPPED_HASHER.hash(PHRASE).split("$")
    cost = dict(part.split("=") for part in parameters.split(","))
    assert (kind, version) == ("argon2id", "v=19")
    assert int(cost["m"]) >= 19456
    assert int(cost["t"]) >= 2
