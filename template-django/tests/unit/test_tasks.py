"""Jobs run in threads, after the transaction that asked for them has committed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import transaction
from django.dispatch import receiver
from django.tasks import task
from django.tasks.base import Task, TaskResult
from django.tasks.signals import task_finished
from django.test import override_settings

from apps.core import tasks
from apps.core.tasks import ThreadBackend, jobs_pool
from apps.core.transactions import after_commit

THREADS = {"default": {"BACKEND": "apps.core.tasks.ThreadBackend"}}
done: list[str] = []
finished: list[tuple[str, str]] = []


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "FIRST_PAUSE_SECONDS", 0.001)
    done.clear()
    finished.clear()


@receiver(task_finished, sender=ThreadBackend)
def note_finished(*, task_result: "TaskResult[..., Any]", **_: Any) -> None:
    finished.append((task_result.task.name, task_result.status.value))


@task
def note(name: str) -> None:
    done.append(name)


@task
def fail(*, times: int) -> None:
    done.append("tried")
    if len(done) <= times:
        raise RuntimeError("no luck")


def run(job: "Task[..., Any]", *arguments: Any, **named: Any) -> None:
    """Hand a job to a pool of threads, and wait until it has run."""
    ThreadBackend("default", {}).enqueue(job, list(arguments), named)
    jobs_pool().shutdown()
    jobs_pool.cache_clear()


def test_a_job_runs_in_a_thread() -> None:
    run(note, "a")
    assert done == ["a"]
    assert finished == [("note", "SUCCESSFUL")]


def test_all_threads_share_a_pool() -> None:
    here = jobs_pool()

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(jobs_pool).result() is here


@pytest.mark.parametrize(
    ("failures", "attempts", "end"), [(0, 1, "SUCCESSFUL"), (2, 3, "SUCCESSFUL"), (9, 3, "FAILED")]
)
def test_a_job_that_fails_is_tried_three_times(
    failures: int, attempts: int, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    run(fail, times=failures)
    assert len(done) == attempts
    assert finished == [("fail", end)]
    assert caplog.text.count("job_failed") == min(failures, attempts)
    assert caplog.text.count("no luck") >= min(failures, attempts)


def test_arguments_are_such_as_json_has() -> None:
    with pytest.raises(TypeError, match="object"):
        run(note, object())


@pytest.mark.usefixtures("database")
def test_a_job_waits_for_the_commit() -> None:
    with transaction.atomic():
        after_commit(note, "a")
        assert done == []
    assert done == ["a"]


def test_jobs_run_in_threads_outside_of_tests() -> None:
    with override_settings(TASKS=THREADS):
        assert isinstance(note.get_backend(), ThreadBackend)
