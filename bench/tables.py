"""The figures as Markdown tables."""

import re
from collections.abc import Iterable, Sequence

from bench.figures import Figure
from bench.rendering import COLUMNS, Case

PACED = re.compile(r" at \d+/s$")


def rendering(cases: Sequence[Case], on_disk: Sequence[Case] = ()) -> str:
    """Return the rendering times, each with its ratio to those it is to be held against."""
    parts = [_times(cases)]
    if on_disk:
        parts += ["On the disk, where Copier writes five clones of the template:", _times(on_disk)]
    return "\n\n".join(parts)


def _times(cases: Sequence[Case]) -> str:
    medians = {case.name: case.median for case in cases}
    rows = (
        (case.name, case.files, f"{case.median:.2f}", *_ratios(case, medians)) for case in cases
    )
    return table(("what", "files", "seconds", *COLUMNS), rows)


def serving(found: Sequence[Figure]) -> str:
    """Return what the servers did, and how much of each floor the frameworks reach."""
    rows = (
        (
            figure.request,
            _named(figure),
            f"{figure.median('requests_per_second'):.0f}",
            *(f"{figure.median(name):.1f}" for name in ("p50", "p95", "p99")),
            f"{figure.median('failures'):.0f}",
            f"{figure.statements:.1f}",
            f"{figure.memory:.0f}",
        )
        for figure in found
    )
    head = ("request", "server", "requests/s", "p50 ms", "p95 ms", "p99 ms", "failures")
    return "\n\n".join(
        (
            table((*head, "statements", "MiB"), rows),
            _generator(found),
            _shares(found),
        )
    )


def comparison(found: Sequence[Figure]) -> str:
    """Return what each framework did with as many requests as it could take."""
    own = [f for f in found if f.server == f.framework and not PACED.search(f.request)]
    frameworks = list(dict.fromkeys(figure.framework for figure in own))
    cells = {(f.request, f.framework): _speed(f) for f in own}
    rows = [
        (request, *(cells[request, name] for name in frameworks))
        for request in dict.fromkeys(figure.request for figure in own)
    ]
    return table(("request", *frameworks), rows)


def _speed(figure: Figure) -> str:
    return f"{figure.median('requests_per_second'):.0f}/s, p95 {figure.median('p95'):.0f} ms"


def _named(figure: Figure) -> str:
    """Return the server's name, a floor's with the backend that it ran beside."""
    is_floor = figure.server != figure.framework
    return f"{figure.server} (beside {figure.framework})" if is_floor else figure.server


def _shares(found: Sequence[Figure]) -> str:
    speed = {(f.framework, f.request, f.server): f.median("requests_per_second") for f in found}
    rows = [
        (request, framework, floor, f"{speed[framework, request, framework] / reached:.0%}")
        for (framework, request, floor), reached in speed.items()
        if floor != framework and not PACED.search(request)
    ]
    return table(("request", "server", "floor", "share of its requests/s"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _ratios(case: Case, medians: dict[str, float]) -> list[str]:
    floors = [medians.get(case.beside.get(column, "")) for column in COLUMNS]
    return [f"{case.median / floor:.2f}" if floor else "" for floor in floors]


def _generator(found: Sequence[Figure]) -> str:
    most = max(round_["own_load"] for figure in found for round_ in figure.rounds)
    return f"The load generator took at most {most:.0%} of a core."
