"""Schemathesis against a running server, once as nobody and once as a superuser."""

import os
from pathlib import Path
from typing import NamedTuple

from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.logins import Headers
from tests.verifier.paths import tool
from tests.verifier.project import Project, StageError

EXAMPLES = os.environ.get("TRIVET_EXAMPLES", "15")
FEW_EXAMPLES = os.environ.get("TRIVET_EXAMPLES", "3")
SEED = "1"
# Ample: two rows share the machine, and a late answer is the outage stage's matter.
ANSWER_SECONDS = 60
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
LOGGING_OUT = ("log_out", "log_out_everywhere")
# They may end the account, so that they come last.
ENDING = ("delete_me", "change_password", "update_me", "update_user", *LOGGING_OUT)
EMAIL = "fuzz@example.com"


class Caller(NamedTuple):
    """Who sends requests, and where to."""

    name: str
    address: str
    options: tuple[str, ...] = ()
    configuration: Path = CONFIGURATION


def run(project: Project, address: str) -> None:
    """Run every check over the whole document.

    Raises:
        StageError: something was found, or it did not end in time.
    """
    found = [line for caller in _callers(project, address) for line in _findings(project, caller)]
    if found:
        raise StageError(f"schemathesis found something: {'; '.join(found)}")


def _callers(project: Project, address: str) -> list[Caller]:
    """Return who sends requests, with options; without users anybody is nobody."""
    nobody = Caller("as nobody", address)
    if not project.has_users:
        return [nobody]
    project.run("make", "superuser", f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    excluded = [part for name in ENDING for part in ("--exclude-operation-id", name)]
    included = [part for name in ENDING for part in ("--include-operation-id", name)]
    headers = _log_in(address, project.auth)
    configuration = _configuration(project, headers.pop("Cookie", ""))
    superuser = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    return [
        nobody,
        Caller("as a superuser", address, (*superuser, *excluded), configuration),
        Caller("as one whose account ends", address, (*superuser, *included), configuration),
    ]


def _configuration(project: Project, cookie: str) -> Path:
    """Return a configuration that has the cookie, if there is one.

    Sent as a header, it would also go along where schemathesis means to leave it out.
    """
    if not cookie:
        return CONFIGURATION
    name, _, value = cookie.partition("=")
    path = project.log.with_name(CONFIGURATION.name)
    parameters = f'[parameters]\n"cookie.{name}" = "{value}"\n\n'
    path.write_text(parameters + CONFIGURATION.read_text())
    return path


def _findings(project: Project, caller: Caller) -> list[str]:
    try:
        _schemathesis(project, caller)
    except StageError as error:
        return [f"{caller.name}: {str(error).rpartition(':')[2].strip()}"]
    return []


def _schemathesis(project: Project, caller: Caller) -> None:
    project.run(
        tool("schemathesis"),
        f"--config-file={caller.configuration}",
        "run",
        f"{caller.address}/openapi.json",
        "--checks=all",
        f"--max-examples={EXAMPLES if project.thorough else FEW_EXAMPLES}",
        f"--seed={SEED}",
        f"--request-timeout={ANSWER_SECONDS}",
        "--no-color",
        "--continue-on-failure",
        *caller.options,
        seconds=900,
    )


def _log_in(address: str, auth: str) -> Headers:
    journey = Journey(address, auth)
    with journey.client:
        return journey.log_in(EMAIL)
