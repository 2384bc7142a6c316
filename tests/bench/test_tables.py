"""The tables of figures say what was measured, and stand where the documents want them."""

from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import tables
from bench.figures import Figure


def figure(framework: str, server: str, request: str, *speeds: float) -> Figure:
    rounds = [
        {"requests_per_second": speed, "p50": 1, "p95": 2, "p99": 3, "failures": 0, "own_load": 0.1}
        for speed in speeds
    ]
    return Figure(framework, server, request, rounds)


FOUND = [
    figure("fastapi", "fastapi", "list", 90, 400, 410),
    figure("fastapi", "bare ASGI", "list", 800, 1000, 900),
    figure("fastapi", "fastapi", "list at 300/s", 300),
    figure("flask", "flask", "list", 200),
]


def test_frameworks_are_compared_by_their_median_at_full_load() -> None:
    assert tables.comparison(FOUND).splitlines() == [
        "| request | fastapi | flask |",
        "| --- | --- | --- |",
        "| list | 400/s, p95 2 ms | 200/s, p95 2 ms |",
    ]


def test_a_floor_is_held_against_the_backend_that_ran_beside_it() -> None:
    assert tables.serving(FOUND).endswith("| list | fastapi | bare ASGI | 44% |")


def test_figures_take_the_place_of_the_old_ones_of_their_part(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    served = f"{bench.BEGIN}\nserved\n{bench.END}".format("serving", "serving")
    begin, end = bench.BEGIN.format("rendering"), bench.END.format("rendering")
    document.write_text(f"Before\n{begin}\nold\n{end}\nBetween\n{served}\nAfter\n")

    bench.keep(document, "rendering", "one", "two")

    assert document.read_text() == (
        f"Before\n{begin}\none\n\ntwo\n{end}\nBetween\n{served}\nAfter\n"
    )


@pytest.mark.parametrize(
    ("document", "part"),
    [(bench.ALL, "rendering"), (bench.ALL, "serving"), (bench.COMPARED, "serving")],
    ids=lambda of: getattr(of, "name", of),
)
def test_the_documents_have_a_place_for_figures(document: Path, part: str) -> None:
    text = document.read_text()
    assert 0 < text.index(bench.BEGIN.format(part)) < text.index(bench.END.format(part))
