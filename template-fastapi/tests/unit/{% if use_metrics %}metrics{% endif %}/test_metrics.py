"""Metrics are served beside the API, or on a port of their own."""

import socket

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
