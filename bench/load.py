"""A load generator that runs as a process of its own: raw sockets, no HTTP library.

    python -m bench.load '{"port": 8000, "path": "/", "connections": 16, "seconds": 5}'

With `rate` (requests/s) it sends at that pace, whether or not answers are late, and latency counts
from when a request was due; without, each connection sends again as soon as it was answered.
Prints one JSON object: requests/s, latency percentiles in milliseconds, failures, and the share of
a core that the generator itself took: near 1 it measured itself.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop


@dataclass(frozen=True)
class Job:
    """What to send; `seconds` is how long, `statuses` which answers are good."""

    port: int
    path: str
    seconds: float
    connections: int
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    rate: float | None = None
    statuses: tuple[int, ...] = (200, 201)

    def request(self) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(self.body)}"] if self.body else []
        return ("\r\n".join([*lines, "", ""]) + self.body).encode()


@dataclass
class Tally:
    """Latencies in seconds, and how many answers were not good."""

    latencies: list[float] = field(default_factory=list)
    failures: int = 0

    def percentile(self, share: float) -> float:
        """Return the latency in ms that this share of the answers did not exceed."""
        ordered = sorted(self.latencies)
        return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 1)


async def measure(job: Job) -> dict[str, Any]:
    """Send for the job's time and return the figures."""
    tally, began, worked = Tally(), time.perf_counter(), time.process_time()
    connections = (connect(job, index, began, tally) for index in range(job.connections))
    await asyncio.gather(*connections)
    elapsed = time.perf_counter() - began
    return {
        "requests_per_second": round(len(tally.latencies) / elapsed, 1),
        "p50": tally.percentile(0.50),
        "p95": tally.percentile(0.95),
        "p99": tally.percentile(0.99),
        "requests": len(tally.latencies),
        "failures": tally.failures,
        "own_load": round((time.process_time() - worked) / elapsed, 2),
    }


async def connect(job: Job, index: int, began: float, tally: Tally) -> None:
    """Send on one kept connection until the time is over, each nth request of the schedule."""
    reader, writer = await asyncio.open_connection("127.0.0.1", job.port)
    request, number = job.request(), index
    while (moment := due(job, began, number)) < began + job.seconds:
        await asyncio.sleep(moment - time.perf_counter())
        writer.write(request)
        status = await read_answer(reader)
        tally.latencies.append(time.perf_counter() - moment)
        tally.failures += status not in job.statuses
        number += job.connections
    writer.close()


def due(job: Job, began: float, number: int) -> float:
    """Return when this request of the schedule is to be sent, on the clock of `perf_counter`."""
    return time.perf_counter() if job.rate is None else began + number / job.rate


async def read_answer(reader: asyncio.StreamReader) -> int:
    """Read one answer with a Content-Length and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
    return int(head[9:12])


if __name__ == "__main__":
    print(json.dumps(uvloop.run(measure(Job(**json.loads(sys.argv[1]))))))
