"""The admin is used where there is a browser, and a change that is lost or says nothing fails."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest

from tests.verifier import admin, stages, webdriver
from tests.verifier.conftest import MakeProject
from tests.verifier.project import Project, StageError

ADDRESS = "http://127.0.0.1:1"
FILES = {"Makefile": "superuser:\n\t@true\n"}
Use = Callable[..., None]


class Page:
    """A browser that shows one message and one line of its console."""

    def __init__(self, message: str, console: str) -> None:
        self.message, self.lines = message, console

    def open(self, url: str) -> None: ...

    def type(self, selector: str, text: str) -> None: ...

    def click(self, selector: str) -> None: ...

    def text(self, _selector: str) -> str:
        return self.message

    def console(self) -> str:
        return self.lines


class Caller:
    """A journey on which every todo has the same title."""

    title = admin.TITLE

    def __init__(self, address: str, _auth: str) -> None:
        self.client = httpx2.Client(base_url=address)

    def log_in(self, _email: str) -> None: ...

    def call(self, *_: Any, **__: Any) -> httpx2.Response:
        return httpx2.Response(200, headers={"Location": "/x"}, json={"title": self.title})


@pytest.fixture
def use(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Return a function that checks an admin of which this is seen."""

    def check(message: str = "changed successfully", console: str = "", title: str = "") -> None:
        @contextmanager
        def browsing(_project: Project) -> Iterator[Page]:
            yield Page(message, console)

        monkeypatch.setattr(admin, "browsing", browsing)
        monkeypatch.setattr(admin, "Journey", Caller)
        monkeypatch.setattr(Caller, "title", title or admin.TITLE)
        admin.check_admin(make_project(FILES), ADDRESS)

    return check


def test_a_changed_todo_passes(use: Use) -> None:
    use()


def test_no_word_of_success_fails(use: Use) -> None:
    with pytest.raises(StageError, match="does not say"):
        use(message="Please correct the error below.")


def test_a_lost_change_fails(use: Use) -> None:
    with pytest.raises(StageError, match="changed the title to 'old'"):
        use(title="old")


def test_a_broken_policy_fails(use: Use) -> None:
    with pytest.raises(StageError, match="Content-Security-Policy"):
        use(console="Refused to apply inline style")


def test_without_a_browser_the_log_says_so(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webdriver, "DRIVER", "no-such-driver")
    project = make_project({"x": "x"})

    with webdriver.browsing(project) as browser:
        assert browser is None
    assert "there is no no-such-driver" in project.log.read_text()


def test_what_the_browser_cannot_do_fails() -> None:
    refusal = {"value": {"error": "no such element", "message": "no such element: #x\nstack"}}
    answers = httpx2.MockTransport(lambda _request: httpx2.Response(404, json=refusal))

    with (
        httpx2.Client(base_url=ADDRESS, transport=answers) as client,
        pytest.raises(StageError, match=r"no such element: #x$"),
    ):
        webdriver.Browser(client).click("#x")


def test_the_browser_is_told_to_wait_for_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def post(_url: str, *, json: dict[str, Any], **_: float) -> httpx2.Response:
        asked.append(json)
        return httpx2.Response(200, json={"value": {"sessionId": "one"}})

    monkeypatch.setattr(httpx2, "post", post)

    assert webdriver._begin(ADDRESS, "profile") == "one"
    assert asked[0]["capabilities"]["alwaysMatch"]["timeouts"] == {"implicit": 20_000}


def test_an_element_that_comes_late_is_waited_for(make_project: MakeProject) -> None:
    if shutil.which(webdriver.DRIVER) is None:
        pytest.skip(f"there is no {webdriver.DRIVER}")
    late = "setTimeout(() => document.body.innerHTML = '<p>there</p>', 500)"

    with webdriver.browsing(make_project({"x": "x"})) as browser:
        assert browser is not None
        browser.open(f"data:text/html,<body><script>{late}</script></body>")
        assert browser.text("p") == "there"


def test_a_profile_goes_though_a_last_process_still_writes_to_it() -> None:
    with webdriver.profile() as folder:
        late = Thread(target=_write, args=(Path(folder) / "Default",))
        late.start()
    late.join()

    assert not Path(folder).exists()


def _write(folder: Path) -> None:
    end = time.monotonic() + 0.3
    number = 0
    while time.monotonic() < end:
        number += 1
        with suppress(FileNotFoundError):
            folder.mkdir(exist_ok=True)
            (folder / str(number)).touch()


def test_frameworks_without_an_admin_are_left_alone(make_project: MakeProject) -> None:
    stages.admin(make_project({"x": "x"}, framework="fastapi"))
