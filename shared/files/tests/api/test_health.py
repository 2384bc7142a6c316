"""Liveness and readiness, and the service while its database is gone."""

import time

from httpx2 import Client

from tests.api.support import (
    API,
    CountQueries,
    MakeClient,
    is_problem,
    new_email,
    register,
)


def test_live_touches_nothing(client: Client, count_queries: CountQueries) -> None:
    with count_queries() as queries:
        answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert queries.count == 0


def test_ready_checks_the_database(client: Client, count_queries: CountQueries) -> None:
    with count_queries() as queries:
        answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["checks"]["database"] == "ok"
    assert set(answer.json()["checks"].values()) == {"ok"}
    assert queries.count >= 1


def test_live_does_not_need_the_database(make_client: MakeClient, lost_database_url: str) -> None:
    with make_client(DATABASE_URL=lost_database_url) as client:
        assert client.get("/health/live").status_code == 200


def test_ready_names_the_failed_check_in_time(
    make_client: MakeClient, lost_database_url: str
) -> None:
    with make_client(DATABASE_URL=lost_database_url) as client:
        started = time.perf_counter()
        answer = client.get("/health/ready")
        elapsed = time.perf_counter() - started

    assert elapsed < 2
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "failed"
    assert int(answer.headers["retry-after"]) >= 1
    assert lost_database_url not in answer.text
    assert "Error" not in answer.text
    assert "Traceback" not in answer.text


def test_requests_are_503_without_the_database(
    make_client: MakeClient, lost_database_url: str
) -> None:
    with make_client(DATABASE_URL=lost_database_url) as client:
        started = time.perf_counter()
        answer = register(client, new_email())
        elapsed = time.perf_counter() - started
        unknown = client.get(f"{API}/nope")

    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) >= 1
    assert lost_database_url not in answer.text
    assert elapsed < 10
    assert is_problem(unknown, 404)
