"""One kind of request, sent to each server in turn, and what came of it."""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import asyncpg
import httpx2

from tests.verifier.paths import ROOT, tool

SECONDS = float(os.environ.get("TRIVET_BENCH_SECONDS", "4"))
WARM_UP_SECONDS = 1.0
DRIVER = re.compile(r"\+\w+")
RUNNERS = ("uv", "make", "sh")
STATEMENTS = """
SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
WHERE d.datname = current_database() AND query NOT LIKE '%pg_stat_statements%'
"""


@dataclass(frozen=True)
class Asked:
    """A kind of request; with `rate` it is offered at that pace (requests/s)."""

    name: str
    path: str
    headers: dict[str, str]
    connections: int
    method: str = "GET"
    body: str = ""
    rate: float | None = None


@dataclass
class Figure:
    """What one server did with one kind of request: a line for each round; memory in MiB.

    `framework` names the backend beside which a floor ran; of the backend itself, `server` does.
    """

    framework: str
    server: str
    request: str
    rounds: list[dict[str, float]] = field(default_factory=list)
    statements: float = 0.0
    memory: float = 0.0

    def median(self, name: str) -> float:
        return statistics.median(round_[name] for round_ in self.rounds)


def measure(
    asked: Asked, servers: Mapping[str, str], url: str, *, framework: str, rounds: int
) -> Iterator[Figure]:
    """Ask each server in turn, round by round, so that what else the machine does meets all."""
    found = {name: Figure(framework, name, asked.name) for name in servers}
    for address in servers.values():
        _load(asked, address, WARM_UP_SECONDS)
    for _ in range(rounds):
        for name, address in servers.items():
            asyncio.run(fetch(url, "SELECT pg_stat_statements_reset()"))
            load = _load(asked, address, SECONDS)
            statements = asyncio.run(fetch(url, STATEMENTS))
            found[name].rounds.append(load)
            found[name].statements = float(statements) / load["requests"]
            found[name].memory = _memory(address)
    yield from found.values()


def _load(asked: Asked, address: str, seconds: float) -> dict[str, float]:
    request = {key: value for key, value in asdict(asked).items() if key != "name"}
    job = json.dumps({**request, "port": httpx2.URL(address).port, "seconds": seconds})
    output = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.load", job],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    answer: dict[str, float] = json.loads(output.stdout)
    return answer


def _memory(address: str) -> float:
    """Return the resident memory in MiB of the server's processes, without what started them."""
    processes = _processes()
    port = str(httpx2.URL(address).port)
    group = next(group for group, _, _, words in processes if port in _ports(words))
    sizes = [size for of, size, name, _ in processes if of == group and name not in RUNNERS]
    return sum(sizes) / 1024


def _ports(arguments: Sequence[str]) -> set[str]:
    """Return what stands where a server's port may: an argument of its own, or after a colon."""
    return {argument.rpartition(":")[2] for argument in arguments}


def _processes() -> Sequence[tuple[int, int, str, list[str]]]:
    listed = subprocess.run(  # noqa: S603
        [tool("ps"), "-eo", "pgid=,rss=,comm=,args="], check=True, capture_output=True, text=True
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return [(int(row[0]), int(row[1]), row[2], row[3:]) for row in rows]


async def fetch(url: str, statement: str) -> Any:
    """Run a statement on the database and return its first value."""
    connection = await asyncpg.connect(DRIVER.sub("", url, count=1))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
