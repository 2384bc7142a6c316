"""Jobs run in threads, after the transaction that asked for them has committed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import transaction
from django.tasks import task
from django.tasks.base import Task
from django.test import override_settings

from apps.core.tasks import ThreadBackend, after_commit, jobs_pool

THREADS = {"default": {"BACKEND": "apps.core.tasks.ThreadBackend"}}
done: list[str] = []


@task
def note(name: str) -> None:
    done.append(name)


@task
def fail() -> None:
    raise RuntimeError("no luck")


def run(job: "Task[..., Any]", *arguments: Any) -> None:
    """Hand a job to a pool of threads, and wait until it has run."""
    ThreadBackend("default", {}).enqueue(job, list(arguments), {})
    jobs_pool().shutdown()
    jobs_pool.cache_clear()


def test_a_job_runs_in_a_thread() -> None:
    done.clear()
    run(note, "a")
    assert done == ["a"]


def test_all_threads_share_a_pool() -> None:
    here = jobs_pool()

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(jobs_pool).result() is here


def test_a_job_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    run(fail)
    assert "job_failed" in caplog.text
    assert "no luck" in caplog.text


@pytest.mark.usefixtures("database")
def test_a_job_waits_for_the_commit() -> None:
    done.clear()
    with transaction.atomic():
        after_commit(note, "a")
        assert done == []
    assert done == ["a"]


def test_jobs_run_in_threads_outside_of_tests() -> None:
    with override_settings(TASKS=THREADS):
        assert isinstance(note.get_backend(), ThreadBackend)
