"""Two providers beside each other: neither speaks for the other."""

from collections.abc import Iterator

import pytest
from httpx2 import Client

from tests.api.oauth.browser import OAUTH, Browser, with_parameters
from tests.api.oauth.github import GitHub
from tests.api.oauth.google import Google
from tests.api.support import MakeClient, is_problem, later, new_email


@pytest.fixture
def browser(
    client: Client, make_client: MakeClient, google: Google, github: GitHub
) -> Iterator[Browser]:
    with make_client(**google.environment, **github.environment) as service:
        yield Browser(service)


def test_one_providers_answer_is_no_answer_of_the_other(
    browser: Browser, google: Google, github: GitHub
) -> None:
    ours = google.approve(browser.begin(google), google.enrol(new_email()))
    theirs = github.approve(browser.begin(github), github.enrol(new_email()))

    for mixed in (ours.replace("/google/", "/github/"), theirs.replace("/github/", "/google/")):
        assert is_problem(browser.get(mixed), 400)


def test_an_issuer_is_its_own_providers(browser: Browser, google: Google, github: GitHub) -> None:
    callback = github.approve(browser.begin(github), github.enrol(new_email()))

    assert is_problem(browser.get(with_parameters(callback, iss=google.issuer)), 400)


def test_same_subject_at_another_provider_is_somebody_else(
    browser: Browser, google: Google, github: GitHub
) -> None:
    person = github.enrol(new_email())
    google.claim(person, email=new_email(), email_verified=True)

    assert browser.sign_in(github, person).id != browser.sign_in(google, person).id


def test_both_are_linked_to_the_account_of_the_address(
    browser: Browser, google: Google, github: GitHub
) -> None:
    email = new_email()
    users = [browser.sign_in(one, one.enrol(email)).id for one in (google, github)]
    again = [browser.sign_in(one, one.enrol(new_email())).id for one in (google, github)]

    assert users[0] == users[1]
    assert again[0] != again[1]


def test_two_logins_can_be_under_way(browser: Browser, google: Google, github: GitHub) -> None:
    one = google.approve(browser.begin(google), google.enrol(new_email()))
    other = github.approve(browser.begin(github), github.enrol(new_email()))

    assert [browser.get(back).status_code for back in (one, other)] == [200, 200]
    assert is_problem(browser.get(f"{OAUTH}/google/callback?state=a"), 400)


def test_another_login_gives_the_first_no_more_time(
    browser: Browser, google: Google, github: GitHub
) -> None:
    one = google.approve(browser.begin(google), google.enrol(new_email()))
    with later(minutes=9):
        other = github.approve(browser.begin(github), github.enrol(new_email()))
    with later(minutes=11):
        assert is_problem(browser.get(one), 400)
        assert browser.get(other).status_code == 200
