"""Logging in with an account elsewhere, from the first page to the tokens."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from httpx2 import Client

from tests.api.logins import refresh
from tests.api.oauth.browser import (
    COOKIE,
    OAUTH,
    Browser,
    Provider,
    parameters,
    with_parameters,
)
from tests.api.support import (
    API,
    FromAddress,
    MakeClient,
    at_once,
    is_limited,
    is_problem,
    later,
    new_address,
    new_email,
    sign_up,
)

BROWSERS_COOKIE_BYTES = 4096
ENTROPY = 43
"""Characters of 256 bits in base64url."""


def test_browser_is_sent_to_the_provider(browser: Browser, provider: Provider) -> None:
    pages = [browser.begin(provider) for _ in range(2)]
    asked = [parameters(page) for page in pages]

    assert all(page.startswith(f"{provider.address}/") for page in pages)
    assert asked[0]["response_type"] == "code"
    assert asked[0]["redirect_uri"] == f"http://localhost:8000{OAUTH}/{provider.name}/callback"
    assert set(asked[0]["scope"].split()) == provider.scopes
    assert asked[0]["code_challenge_method"] == "S256"
    assert len(asked[0]["state"]) >= ENTROPY
    for name in ("state", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_cookie_is_for_the_callback_alone(browser: Browser, provider: Provider) -> None:
    browser.begin(provider)

    (morsel,) = browser.cookies.values()
    assert morsel.key == COOKIE
    assert morsel["path"] == OAUTH
    assert morsel["httponly"]
    assert morsel["samesite"].lower() == "lax"
    assert not morsel["secure"]
    assert 0 < int(morsel["max-age"]) <= 600


def test_first_login_makes_an_account(browser: Browser, provider: Provider) -> None:
    person = provider.enrol(new_email(), full_name="Ada Lovelace")

    answer = browser.log_in(provider, person)

    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", 900)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    user = browser.service.get(f"{API}/users/me", headers=headers).json()
    assert (user["email"], user["full_name"]) == (person.email, "Ada Lovelace")
    assert user["email_verified"]
    assert not user["is_superuser"]
    assert refresh(browser.service, tokens["refresh_token"]).status_code == 200


def test_same_account_is_the_same_user(browser: Browser, provider: Provider) -> None:
    person, other = provider.enrol(new_email()), provider.enrol(new_email())

    users = [browser.sign_in(provider, one).id for one in (person, person, other)]

    assert users[0] == users[1] != users[2]


def test_another_address_at_the_provider_changes_nothing(
    browser: Browser, provider: Provider
) -> None:
    person = provider.enrol(new_email())
    first = browser.sign_in(provider, person)

    provider.change(person, email=new_email())

    again = browser.sign_in(provider, person)
    assert (again.id, again.email) == (first.id, first.email)


def test_first_logins_at_once_make_one_account(service: Client, provider: Provider) -> None:
    person = provider.enrol(new_email())
    browsers = [Browser(service) for _ in range(4)]
    callbacks = [provider.approve(one.begin(provider), person) for one in browsers]

    answers = at_once(
        [partial(one.get, back) for one, back in zip(browsers, callbacks, strict=True)]
    )

    assert [answer.status_code for answer in answers] == [200] * len(browsers)
    tokens = [answer.json()["access_token"] for answer in answers]
    users = {
        service.get(f"{API}/users/me", headers={"Authorization": f"Bearer {token}"}).json()["id"]
        for token in tokens
    }
    assert len(users) == 1


def test_first_logins_at_once_link_an_account_once(service: Client, provider: Provider) -> None:
    caller = sign_up(service)
    person = provider.enrol(caller.email)
    browsers = [Browser(service) for _ in range(3)]
    callbacks = [provider.approve(one.begin(provider), person) for one in browsers]

    answers = at_once(
        [partial(one.get, back) for one, back in zip(browsers, callbacks, strict=True)]
    )

    assert [answer.status_code for answer in answers] == [200] * len(browsers)
    assert Browser(service).sign_in(provider, person).id == caller.id


@pytest.mark.parametrize("path", ["other/authorize", "other/callback?code=a&state=b"])
def test_unknown_provider_is_404(browser: Browser, path: str) -> None:
    assert is_problem(browser.get(f"{OAUTH}/{path}"), 404)


@pytest.mark.parametrize("path", ["authorize", "callback?code=a&state=b"])
def test_provider_without_a_client_id_is_404(client: Client, provider: Provider, path: str) -> None:
    assert is_problem(Browser(client).get(f"{OAUTH}/{provider.name}/{path}"), 404)


@pytest.mark.parametrize("path", ["authorize", "callback?code=a&state=b"])
def test_attempts_of_an_address_are_limited(
    client: Client,
    make_client: MakeClient,
    from_address: FromAddress,
    provider: Provider,
    path: str,
) -> None:
    address = f"{OAUTH}/{provider.name}/{path}"
    with make_client(AUTH_RATE_LIMIT="3/minute", **provider.environment) as app:
        with from_address(app, new_address()) as limited:
            for _ in range(3):
                assert Browser(limited).get(address).status_code < 429
            assert is_limited(Browser(limited).get(address))
        with from_address(app, new_address()) as other:
            assert Browser(other).get(address).status_code < 429


def test_refusal_at_the_provider_is_400_and_spends_the_state(
    browser: Browser, provider: Provider
) -> None:
    page = browser.begin(provider)
    denied = provider.deny(page)
    assert parameters(denied)["error"] == "access_denied"

    answer = browser.get(with_parameters(denied, state=parameters(page)["state"]))

    assert is_problem(answer, 400)
    approved = provider.approve(page, provider.enrol(new_email()))
    assert is_problem(browser.get(approved), 400)


def test_login_may_take_ten_minutes(browser: Browser, provider: Provider) -> None:
    callback = provider.approve(browser.begin(provider), provider.enrol(new_email()))

    with later(minutes=10, seconds=5):
        assert is_problem(browser.get(callback), 400)


def test_cookie_stays_small_however_often_a_login_is_begun(
    browser: Browser, provider: Provider
) -> None:
    person = provider.enrol(new_email())
    for _ in range(12):
        page = browser.begin(provider)
        (morsel,) = browser.cookies.values()
        assert len(morsel.OutputString()) < BROWSERS_COOKIE_BYTES

    assert browser.get(provider.approve(page, person)).status_code == 200


@contextmanager
def silent_address() -> Iterator[str]:
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def closed_address() -> Iterator[str]:
    """An address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    yield address


@pytest.mark.parametrize("away", [silent_address, closed_address])
def test_provider_that_is_away_is_503_in_time(
    client: Client, make_client: MakeClient, provider: Provider, away: object
) -> None:
    with silent_address() if away is silent_address else closed_address() as address:
        environment = {
            name: value.replace(provider.address, address)
            for name, value in provider.environment.items()
        }
        with make_client(**environment) as service:
            browser = Browser(service)
            begun = time.monotonic()
            answer = browser.get(f"{OAUTH}/{provider.name}/authorize")
            if answer.status_code == 302:
                state = parameters(answer.headers["location"])["state"]
                answer = browser.get(f"{OAUTH}/{provider.name}/callback?code=a&state={state}")
            took = time.monotonic() - begun

    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) >= 1
    assert took < 6


def test_provider_that_fails_is_503(browser: Browser, provider: Provider) -> None:
    callback = provider.approve(browser.begin(provider), provider.enrol(new_email()))
    provider.failures[provider.token_path] = 500

    answer = browser.get(callback)

    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) >= 1


class Records(logging.Handler):
    """Keeps all that is logged, as text, but for what the tests' own client says."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "http://testserver" not in (line := f"{record.getMessage()} {record.exc_info}"):
            self.lines.append(line)


@contextmanager
def logged() -> Iterator[list[str]]:
    root, records = logging.getLogger(), Records()
    level = root.level
    root.addHandler(records)
    root.setLevel(logging.DEBUG)
    try:
        yield records.lines
    finally:
        root.removeHandler(records)
        root.setLevel(level)


def test_no_secret_is_logged(service: Client, provider: Provider) -> None:
    person = provider.enrol(new_email())
    browsers = Browser(service), Browser(service)
    with logged() as begun:
        pages = [browser.begin(provider) for browser in browsers]
    cookies = [browser.cookies[COOKIE].value for browser in browsers]
    callback, again = (provider.approve(page, person) for page in pages)
    with logged() as ended:
        good = browsers[0].get(callback)
        provider.failures[provider.token_path] = 500
        failed = browsers[1].get(again)

    assert (good.status_code, failed.status_code) == (200, 503)
    exchange = provider.exchanges[-1]
    secrets = {
        *(value for name, value in exchange.form.items() if name != "redirect_uri"),
        *(str(value) for name, value in exchange.answer.items() if name.endswith("token")),
        *(value for name, value in provider.environment.items() if name.endswith("SECRET")),
        *(parameters(address)[name] for address in (callback, again) for name in ("code", "state")),
        *(good.json()[name] for name in ("access_token", "refresh_token")),
        *cookies,
    } - {"authorization_code", provider.environment[f"{provider.name.upper()}_CLIENT_ID"]}
    said = "\n".join(begun + ended)
    assert "provider" in said
    assert not [secret for secret in secrets if secret in said]
