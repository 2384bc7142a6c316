"""Logins with an account elsewhere that somebody else began, changed or used already."""

import pytest
from httpx2 import Client

from tests.api.oauth.browser import COOKIE, OAUTH, Browser, Provider, parameters, with_parameters
from tests.api.support import is_problem, new_email


@pytest.fixture
def callback(browser: Browser, provider: Provider) -> str:
    """Where the browser is sent next, with a good code and the state that it began with."""
    return provider.approve(browser.begin(provider), provider.enrol(new_email()))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": None},
        {"state": ""},
        {"state": "x" * 43},
        {"state": "\x00"},
        {"code": None},
        {"code": ""},
        {"code": "\ud7ff\x00"},
        {"code": "unknown"},
    ],
)
def test_wrong_parameters_are_400(
    browser: Browser, callback: str, changes: dict[str, str | None]
) -> None:
    assert is_problem(browser.get(with_parameters(callback, **changes)), 400)


def test_state_is_spent_by_a_bad_code(browser: Browser, callback: str) -> None:
    assert is_problem(browser.get(with_parameters(callback, code="unknown")), 400)
    assert is_problem(browser.get(callback), 400)


def test_browser_without_the_cookie_is_refused(service: Client, callback: str) -> None:
    assert is_problem(Browser(service).get(callback), 400)


def test_another_browsers_cookie_is_refused(
    service: Client, provider: Provider, callback: str
) -> None:
    other = Browser(service)
    other.begin(provider)

    assert is_problem(other.get(callback), 400)


@pytest.mark.parametrize("position", [0, 20, -1])
def test_changed_cookie_is_refused(browser: Browser, callback: str, position: int) -> None:
    morsel = browser.cookies[COOKIE]
    characters = list(morsel.value)
    characters[position] = "A" if characters[position] != "A" else "z"
    changed = "".join(characters)
    morsel.set(COOKIE, changed, changed)

    assert is_problem(browser.get(callback), 400)


@pytest.mark.parametrize("value", ["", "null", "e30=", "a.b.c", "%00"])
def test_cookie_that_is_none_is_refused(browser: Browser, callback: str, value: str) -> None:
    browser.cookies[COOKIE].set(COOKIE, value, value)

    assert is_problem(browser.get(callback), 400)


def test_replayed_callback_is_refused(browser: Browser, callback: str) -> None:
    kept = dict(browser.cookies)
    assert browser.get(callback).status_code == 200

    assert is_problem(browser.get(callback), 400)
    browser.cookies = kept
    assert is_problem(browser.get(callback), 400)


def test_code_of_another_login_is_refused(
    service: Client, browser: Browser, provider: Provider, callback: str
) -> None:
    other = Browser(service)
    injected = provider.approve(other.begin(provider), provider.enrol(new_email()))

    answer = browser.get(with_parameters(callback, code=parameters(injected)["code"]))

    assert is_problem(answer, 400)


@pytest.mark.parametrize("suffix", ["/", ".example.com", "?", "%00"])
def test_another_issuers_answer_is_refused(
    browser: Browser, provider: Provider, callback: str, suffix: str
) -> None:
    answer = browser.get(with_parameters(callback, iss=f"{provider.issuer}{suffix}"))

    assert is_problem(answer, 400)
    assert is_problem(browser.get(callback), 400)


def test_the_issuers_own_answer_is_taken(
    browser: Browser, provider: Provider, callback: str
) -> None:
    assert browser.get(with_parameters(callback, iss=provider.issuer)).status_code == 200


@pytest.mark.parametrize("body", [[], "text", {}, {"access_token": 1}, None])
def test_what_is_no_token_is_refused(
    browser: Browser, provider: Provider, callback: str, body: object
) -> None:
    provider.changes[provider.token_path] = lambda _: body

    assert is_problem(browser.get(callback), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("name", ["authorize", "callback"])
def test_only_get_is_allowed(service: Client, provider: Provider, name: str, method: str) -> None:
    answer = service.request(method, f"{OAUTH}/{provider.name}/{name}")

    assert is_problem(answer, 405)
    assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == {"GET"}
