"""Entity tags and preconditions (RFC 9110, sections 8.8 and 13)."""

import re

from apps.core.errors import PreconditionFailed

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_LIST = re.compile(rf"\s*(?:{_TAG.pattern})?(?:\s*,\s*(?:{_TAG.pattern})?)*\s*")


def etag(version: int) -> str:
    return f'"{version}"'


def check_if_match(header: str | None, version: int) -> None:
    """Compare strongly.

    Raises:
        PreconditionFailed: the header is there and does not name this version.
    """
    if header is None or header.strip() == "*":
        return
    if ("", str(version)) not in _read(header):
        raise PreconditionFailed("The todo has another version by now")


def matches_if_none_match(header: str | None, version: int) -> bool:
    """Compare weakly; a header that cannot be read matches nothing."""
    if header is None:
        return False
    return header.strip() == "*" or str(version) in {tag for _, tag in _read(header)}


def _read(header: str) -> list[tuple[str, str]]:
    return _TAG.findall(header) if _LIST.fullmatch(header) else []
