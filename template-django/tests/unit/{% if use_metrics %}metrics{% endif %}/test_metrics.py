"""Metrics are served beside the API, or on a port of their own, for one worker or for all."""

import socket
import subprocess
import sys
from pathlib import Path

import httpx2
from httpx2 import Client

from tests.conftest import ClientFactory


def test_requests_are_counted_by_route_template(client: Client) -> None:
    client.get("/health/live")
    client.get("/no-such-path")
    text = client.get("/metrics").text
    assert 'http_requests_total{method="GET",route="/health/live",status="200"}' in text
    assert 'route="unmatched",status="404"' in text
    assert "no-such-path" not in text


def test_a_port_of_their_own_takes_them_off_the_api(make_client: ClientFactory) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with make_client(METRICS_PORT=str(port)) as client:
        assert client.get("/metrics").status_code == 404
        assert "http_requests_total" in httpx2.get(f"http://127.0.0.1:{port}/metrics").text


def test_a_port_that_another_worker_serves_is_left_to_it(make_client: ClientFactory) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with make_client(METRICS_PORT=str(port)) as client:
            assert client.get("/health/live").status_code == 200


def test_workers_that_share_a_folder_answer_for_all(tmp_path: Path) -> None:
    work = (
        "from prometheus_client import generate_latest;"
        "from apps.metrics.collectors import collected, requests_total;"
        "requests_total.labels('GET', '/x', 200).inc();"
        "print(generate_latest(collected()).decode())"
    )
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        found = subprocess.run(  # noqa: S603
            [sys.executable, "-c", work],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    assert 'http_requests_total{method="GET",route="/x",status="200"} 2.0' in found.stdout
