"""CHANGELOG.md as data: each release, the commit that it was made of, and what it brought."""

import re
from typing import NamedTuple

UNRELEASED = "Unreleased"
HEADING = re.compile(r"^## (\S+)\n", re.MULTILINE)
COMMIT = re.compile(r"\ACommit `([0-9a-f]{40})`\.\n+")


class Release(NamedTuple):
    """One section; `commit` is empty where none is named."""

    version: str
    commit: str
    entries: str


def releases(text: str) -> list[Release]:
    """Return every release, the newest first; what is not released yet is none."""
    return [release for release in _sections(text) if release.version != UNRELEASED]


def unreleased(text: str) -> str:
    """Return the entries of the release to come."""
    return next((s.entries for s in _sections(text) if s.version == UNRELEASED), "")


def number(version: str) -> tuple[int, ...]:
    """Return a version such as 1.2.3 or v1.2.3 as numbers, in whose order releases stand."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def between(text: str, old: str, new: str) -> list[Release]:
    """Return what came after the old version, up to the new one, which has what is unreleased if
    it stands above every release."""
    if number(old) == number(new):
        return []
    every = releases(text)
    found = [release for release in every if number(old) < number(release.version) <= number(new)]
    ahead = number(new) > max((number(release.version) for release in every), default=())
    coming = unreleased(text)
    return [Release(UNRELEASED, "", coming), *found] if ahead and coming else found


def _sections(text: str) -> list[Release]:
    _, *parts = HEADING.split(text)
    bodies = (body.strip() + "\n" for body in parts[1::2])
    return [
        Release(version, match[1] if (match := COMMIT.match(body)) else "", COMMIT.sub("", body))
        for version, body in zip(parts[::2], bodies, strict=True)
    ]
