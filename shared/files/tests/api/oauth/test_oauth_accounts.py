"""Which account here belongs to an account elsewhere."""

from collections.abc import Sequence

import pytest
from httpx2 import Client

from tests.api.oauth.browser import Browser, Provider
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    Caller,
    Mail,
    MakeSuperuser,
    is_problem,
    log_in,
    mailed_token,
    new_email,
    register,
    sign_in_superuser,
    sign_up,
)


def verify(service: Client, outbox: Sequence[Mail], email: str) -> None:
    token = mailed_token(outbox, email)
    answer = service.post(f"{API}/auth/verify-email", json={"token": token})
    assert answer.status_code == 204, answer.text


def deactivate(service: Client, make_superuser: MakeSuperuser, user: str) -> None:
    superuser = sign_in_superuser(service, make_superuser)
    assert superuser.patch(f"/users/{user}", json={"is_active": False}).status_code == 200


def choose_password(service: Client, outbox: Sequence[Mail], email: str) -> None:
    service.post(f"{API}/auth/password-reset", json={"email": email})
    body = {"token": mailed_token(outbox, email), "new_password": OTHER_PHRASE}
    answer = service.post(f"{API}/auth/password-reset/confirm", json=body)
    assert answer.status_code == 204, answer.text


@pytest.mark.parametrize("address", [None, "no address", f"{'a' * 320}@example.com"])
def test_without_a_verified_address_no_account_is_made(
    browser: Browser, provider: Provider, address: str | None
) -> None:
    email = address or new_email()
    person = provider.enrol(email, verified=address is not None)

    assert is_problem(browser.log_in(provider, person), 403)

    if address is None:
        assert register(browser.service, email).status_code == 201


def test_address_that_the_provider_has_not_verified_links_nothing(
    browser: Browser, provider: Provider
) -> None:
    caller = sign_up(browser.service)
    person = provider.enrol(caller.email, verified=False)

    assert is_problem(browser.log_in(provider, person), 403)

    assert caller.is_logged_in()
    assert log_in(browser.service, caller.email, PHRASE).status_code == 200


def test_linked_account_needs_no_verified_address(browser: Browser, provider: Provider) -> None:
    person = provider.enrol(new_email())
    first = browser.sign_in(provider, person)

    provider.change(person, email=new_email(), verified=False)

    assert browser.sign_in(provider, person).id == first.id


def test_verified_account_of_the_address_is_linked_and_keeps_its_password(
    browser: Browser, provider: Provider, outbox: Sequence[Mail]
) -> None:
    caller = sign_up(browser.service)
    verify(browser.service, outbox, caller.email)

    linked = browser.sign_in(provider, provider.enrol(caller.email.upper()))

    assert (linked.id, linked.email) == (caller.id, caller.email)
    assert caller.is_logged_in()
    assert log_in(browser.service, caller.email, PHRASE).status_code == 200


def test_account_that_lay_in_wait_loses_its_password_and_logins(
    browser: Browser, provider: Provider, outbox: Sequence[Mail]
) -> None:
    attacker = sign_up(browser.service)

    victim = browser.sign_in(provider, provider.enrol(attacker.email))

    assert victim.id == attacker.id
    assert victim.get("/users/me").json()["email_verified"]
    assert not attacker.is_logged_in()
    assert log_in(browser.service, attacker.email, PHRASE).status_code == 400
    choose_password(browser.service, outbox, victim.email)
    assert log_in(browser.service, victim.email, OTHER_PHRASE).status_code == 200


def test_account_that_lay_in_wait_loses_its_links(browser: Browser, provider: Provider) -> None:
    email, bad_email = new_email(), new_email()
    evil = provider.enrol(bad_email)
    attacker = browser.sign_in(provider, evil)
    assert attacker.patch("/users/me", json={"email": email}).status_code == 200

    victim = browser.sign_in(provider, provider.enrol(email))

    assert victim.id == attacker.id
    assert browser.sign_in(provider, evil).id != victim.id


def test_address_that_was_given_to_someone_else_opens_nothing(
    browser: Browser, provider: Provider
) -> None:
    email = new_email()
    person = provider.enrol(email)
    owner = browser.sign_in(provider, person)
    provider.change(person, email=new_email())

    answer = browser.log_in(provider, provider.enrol(email))

    assert is_problem(answer, 403)
    assert browser.sign_in(provider, person).id == owner.id


def test_deactivated_user_is_refused(
    browser: Browser, provider: Provider, make_superuser: MakeSuperuser
) -> None:
    person = provider.enrol(new_email())
    user = browser.sign_in(provider, person).id
    deactivate(browser.service, make_superuser, user)

    assert is_problem(browser.log_in(provider, person), 403)


def test_deactivated_user_of_the_address_is_not_linked(
    browser: Browser, provider: Provider, make_superuser: MakeSuperuser
) -> None:
    caller = sign_up(browser.service)
    deactivate(browser.service, make_superuser, caller.id)
    person = provider.enrol(caller.email)

    assert is_problem(browser.log_in(provider, person), 403)

    superuser = sign_in_superuser(browser.service, make_superuser)
    answer = superuser.patch(f"/users/{caller.id}", json={"is_active": True})
    assert not answer.json()["email_verified"]
    assert log_in(browser.service, caller.email, PHRASE).status_code == 200


def test_account_that_was_made_so_chooses_a_password(
    browser: Browser, provider: Provider, outbox: Sequence[Mail]
) -> None:
    person = provider.enrol(new_email())
    user = browser.sign_in(provider, person)

    choose_password(browser.service, outbox, person.email)

    assert log_in(browser.service, person.email, OTHER_PHRASE).status_code == 200
    assert browser.sign_in(provider, person).id == user.id


def test_deleting_a_user_deletes_the_link(browser: Browser, provider: Provider) -> None:
    person = provider.enrol(new_email())
    user = browser.sign_in(provider, person)
    assert user.delete("/users/me").status_code == 204

    assert browser.sign_in(provider, person).id != user.id


@pytest.mark.parametrize(
    ("name", "kept"),
    [(" Ada ", "Ada"), ("", None), ("A\x00da", "Ada"), ("é" * 300, "é" * 200), (None, None)],
)
def test_name_is_taken_over_as_far_as_it_fits(
    browser: Browser, provider: Provider, name: str | None, kept: str | None
) -> None:
    user: Caller = browser.sign_in(provider, provider.enrol(new_email(), full_name=name))

    assert user.get("/users/me").json()["full_name"] == kept
