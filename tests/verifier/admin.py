"""Django's admin in a headless Chromium: logging in, and changing a todo."""

from typing import Any

from tests.verifier.browser import REFUSED
from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.logins import API
from tests.verifier.project import Project, StageError
from tests.verifier.webdriver import Browser, browsing

PATH = "/staff/"
EMAIL = "root@example.com"
TITLE = "Water the cactus"


def check_admin(project: Project, address: str) -> None:
    """Log in, open a todo, change its title, and read that through the API.

    Raises:
        StageError: a page lacks what is due, breaks its own CSP, or the change is lost.
    """
    project.run("make", "superuser", f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    journey = Journey(address, project.auth)
    with journey.client, browsing(project) as browser:
        journey.log_in(EMAIL)
        todo = journey.call("POST", f"{API}/todos", 201, json={"title": "Water the plants"})
        if browser is not None:
            _edit(browser, address)
            _hold(journey, todo.headers["Location"], browser.console())


def _edit(browser: Browser, address: str) -> None:
    browser.open(address + PATH)
    browser.type("#id_username", EMAIL)
    browser.type("#id_password", PASSWORD)
    browser.click("input[type=submit]")
    browser.click(".model-todo th a")
    browser.click("#result_list .field-title a")
    browser.type("#id_title", TITLE)
    browser.click("input[name=_save]")
    if "changed successfully" not in browser.text(".messagelist .success"):
        raise StageError("the admin does not say that the todo was changed")


def _hold(journey: Journey, path: str, console: str) -> None:
    shown: dict[str, Any] = journey.call("GET", path, 200).json()
    if shown["title"] != TITLE:
        raise StageError(f"the admin changed the title to {shown['title']!r}")
    if REFUSED.search(console):
        raise StageError("the admin breaks its own Content-Security-Policy")
