"""Readiness asks Redis too, where attempts are counted in it."""

from tests.conftest import ClientFactory


def test_a_lost_redis_is_named(make_client: ClientFactory) -> None:
    with make_client(REDIS_URL="redis://127.0.0.1:1/0") as client:
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    checks = answer.json()["checks"]
    assert (checks["database"], checks["redis"]) == ("ok", "failed")
