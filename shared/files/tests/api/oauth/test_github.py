"""What GitHub's API says of an account decides who logs in."""

import pytest

from tests.api.oauth.browser import Browser, Person, Provider
from tests.api.oauth.github import EMAILS, USER, GitHub
from tests.api.support import is_problem, new_email


@pytest.fixture
def provider(github: GitHub) -> Provider:
    return github


@pytest.fixture
def person(github: GitHub) -> Person:
    return github.enrol(new_email())


def test_verified_address_that_is_not_primary_does_not_count(
    browser: Browser, github: GitHub
) -> None:
    person = github.enrol(new_email(), verified=False)
    assert any(email["verified"] for email in github.accounts[person.subject].emails)

    assert is_problem(browser.log_in(github, person), 403)


def test_account_without_addresses_is_refused(
    browser: Browser, github: GitHub, person: Person
) -> None:
    github.accounts[person.subject].emails = []

    assert is_problem(browser.log_in(github, person), 403)


def test_public_address_of_the_profile_does_not_count(browser: Browser, github: GitHub) -> None:
    person = github.enrol(new_email(), verified=False)
    github.changes[USER] = lambda user: {**user, "email": new_email()}

    assert is_problem(browser.log_in(github, person), 403)


@pytest.mark.parametrize("verified", ["true", 1, None])
def test_address_is_verified_or_not(
    browser: Browser, github: GitHub, person: Person, verified: object
) -> None:
    github.changes[EMAILS] = lambda emails: [{**email, "verified": verified} for email in emails]

    assert is_problem(browser.log_in(github, person), 403)


@pytest.mark.parametrize("user", [[], {}, {"id": None}, {"id": "7"}, {"id": True}, "text"])
def test_what_is_no_user_is_refused(
    browser: Browser, github: GitHub, person: Person, user: object
) -> None:
    github.changes[USER] = lambda _: user

    assert is_problem(browser.log_in(github, person), 400)


@pytest.mark.parametrize("emails", [{}, ["a@example.com"], [{"primary": True}], "text"])
def test_what_are_no_addresses_is_refused(
    browser: Browser, github: GitHub, person: Person, emails: object
) -> None:
    github.changes[EMAILS] = lambda _: emails

    assert is_problem(browser.log_in(github, person), 400)


@pytest.mark.parametrize("path", [USER, EMAILS])
@pytest.mark.parametrize(("failure", "status"), [(401, 400), (404, 400), (500, 503), (503, 503)])
def test_api_that_fails(
    browser: Browser, github: GitHub, person: Person, path: str, failure: int, status: int
) -> None:
    github.failures[path] = failure

    assert is_problem(browser.log_in(github, person), status)
