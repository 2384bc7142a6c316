"""Jobs run after the commit, in threads, and the end of the process waits for them."""

import subprocess
import sys
from contextlib import nullcontext
from typing import Any

import pytest

from app.extensions import db
from app.mail import ConsoleMailer
from app.tasks import local
from app.tasks.local import LocalStarter
from app.tasks.queue import Call, Job, JobContext

PROGRAM = """
import sys
import time
from contextlib import nullcontext
from sqlalchemy.orm import Session
from app.extensions import db
from app.mail import ConsoleMailer
from app.tasks.local import LocalStarter
from app.tasks.queue import Job, JobContext, enqueue, take_calls

def work(context, *, number):
    time.sleep(0.1)
    sys.stdout.write(f"{number}\\n")

session = Session()
for number in range(5):
    enqueue(session, Job("work", work), number=number)
starter = LocalStarter(JobContext(db, ConsoleMailer()), nullcontext)
for call in take_calls(session):
    starter.start(call)
"""


def test_the_end_of_the_process_waits_for_jobs() -> None:
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert sorted(ended.stdout.split()) == ["0", "1", "2", "3", "4"]


def test_a_job_that_raises_is_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(local, "FIRST_PAUSE_SECONDS", 0.001)
    starter = LocalStarter(JobContext(db, ConsoleMailer()), nullcontext)
    starter.start(Call(Job("fail", fail, give_up=fail), (), {}))
    starter.wait()
    assert caplog.text.count("job_failed") == local.ATTEMPTS
    assert caplog.text.count("job_not_given_up") == 1
    assert "no such thing" in caplog.text
