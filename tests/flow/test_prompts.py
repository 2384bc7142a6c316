"""The flow as a person meets it: the real command line on a terminal."""

import re
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from extensions import guard
from tests.flow.conftest import guard_of, stored_answers

ENTER, DOWN = "\r", "\x1b[B"
SECONDS = 90
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# Asked only after help_me_choose.
# A broker is asked for with a queue alone, and providers with logins elsewhere; neither is first.
UNASKED = {"broker", "oauth_providers"}
SEVEN = (
    *("choose_kind", "choose_performance", "choose_async", "choose_real_time"),
    *("choose_docs", "choose_microservices", "choose_pages"),
)

Terminal = Callable[..., "Person"]


class Person:
    """Somebody at a terminal on which `copier copy` runs."""

    def __init__(self, suite: Path, command: list[str], environment: dict[str, str]) -> None:
        questions = guard_of(suite).asked()
        self.questions = {name: re.escape(q["help"][:30]) for name, q in questions.items()}
        quiet = {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "PYTHONWARNINGS": "ignore"}
        self.process: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "copier", *command],
            env={**environment, **quiet},
            encoding="utf-8",
            dimensions=(60, 220),
            timeout=SECONDS,
        )

    def sees(self, *patterns: str) -> str:
        """Wait for each pattern in turn, and return what stood before the last of them."""
        for pattern in patterns:
            self.process.expect(pattern)
        return ESCAPES.sub("", str(self.process.before))

    def is_asked(self, name: str) -> None:
        """Wait for a question."""
        self.sees(self.questions[name])

    def answers(self, name: str, keys: str = ENTER) -> None:
        """Wait for a question and press these keys."""
        self.is_asked(name)
        self.process.send(keys)

    def accepts(self, *, after: str = "", before: str = "", but: Collection[str] = ()) -> None:
        """Press Enter at each question between two, some left out that are not asked."""
        names = list(self.questions)
        first = names.index(after) + 1 if after else 0
        last = names.index(before) if before else len(names)
        for name in names[first:last]:
            if name not in {*but, *UNASKED}:
                self.answers(name)

    def ends(self) -> str:
        """Wait for the end, which is a good one, and return what was shown."""
        shown = self.sees(pexpect.EOF)  # type: ignore[arg-type]
        self.process.close()
        assert self.process.exitstatus == 0, shown
        return shown


@pytest.fixture
def terminal(environment: dict[str, str], tmp_path: Path) -> Iterator[Terminal]:
    """Return a function that starts `copier copy` of a suite on a terminal."""
    people = []

    def start(suite: Path, *arguments: str) -> Person:
        command = ["copy", "--trust", *arguments, str(suite), str(tmp_path / "project")]
        people.append(Person(suite, command, environment))
        return people[-1]

    yield start
    for person in people:
        person.process.close(force=True)


def test_enter_alone_gives_the_defaults(terminal: Terminal, suite: Path, tmp_path: Path) -> None:
    person = terminal(suite)
    person.accepts(but=SEVEN)
    assert "Todo API is ready. Next:" in person.ends()
    answers: dict[str, Any] = {**guard.defaults({}), "project_slug": "todo-api"}
    expected = {name: value for name, value in answers.items() if name not in {*SEVEN, *UNASKED}}
    assert stored_answers(tmp_path / "project") == expected


def test_preset_moves_the_defaults(terminal: Terminal, wide_suite: Path, tmp_path: Path) -> None:
    person = terminal(wide_suite)
    person.is_asked("preset")
    person.sees("Enterprise - ", "Minimal - ", "Custom - ")
    person.process.send(DOWN + ENTER)
    person.accepts(after="preset", but=SEVEN)
    person.ends()
    answers = stored_answers(tmp_path / "project")
    assert (answers["preset"], answers["framework"]) == ("enterprise", "django")
    assert (answers["features"], answers["devcontainer"]) == (["metrics"], True)


def test_another_answer_than_the_presets(
    terminal: Terminal, wide_suite: Path, tmp_path: Path
) -> None:
    person = terminal(wide_suite, "-d", "preset=enterprise")
    person.accepts(after="preset", before="container", but=SEVEN)
    person.answers("container", "n")
    person.accepts(after="container", but=["devcontainer"])
    person.ends()
    answers = stored_answers(tmp_path / "project")
    assert (answers["framework"], answers["container"]) == ("django", False)
    assert "devcontainer" not in answers


def test_disabled_choice_says_why(terminal: Terminal, wide_suite: Path, tmp_path: Path) -> None:
    person = terminal(wide_suite, "-d", "framework=django")
    person.accepts(before="python_version", but=["framework", *SEVEN])
    person.is_asked("python_version")
    refused = {"framework": "django", "python_version": "3.11"}
    reason = guard_of(wide_suite).conflicts(refused)[0]
    assert "framework=django needs python_version=3.12 or 3.13, not 3.11: " in reason
    assert "- 3.11 (" in person.sees(re.escape(reason))
    person.process.send(ENTER)
    person.accepts(after="python_version")
    person.ends()
    assert stored_answers(tmp_path / "project")["python_version"] == "3.12"


def test_refused_text_says_why(terminal: Terminal, suite: Path) -> None:
    person = terminal(suite)
    person.accepts(before="project_name", but=SEVEN)
    person.answers("project_name", ' "hello"' + ENTER)
    person.sees("project_name may not contain the character")


def test_help_me_choose(terminal: Terminal, wide_suite: Path, tmp_path: Path) -> None:
    person = terminal(wide_suite)
    person.answers("preset")
    person.answers("help_me_choose", "y")
    keys = {"choose_kind": DOWN + ENTER, "choose_pages": "y"}
    for name in SEVEN:
        person.answers(name, keys.get(name, "n"))
    person.accepts(after=SEVEN[-1], before="framework")
    person.is_asked("framework")
    why = "as people open its pages in a browser and the team writes synchronous code"
    person.sees(rf"; django is suggested \(fastapi 0, django 8, flask 7\), {why}")
    person.process.send(ENTER)
    person.accepts(after="framework")
    assert "About the framework: django is suggested" in person.ends()
    answers = stored_answers(tmp_path / "project")
    assert (answers["framework"], answers["choose_kind"]) == ("django", "web")
    assert (answers["choose_pages"], answers["choose_docs"]) == (True, False)
