"""Schemathesis against a running server, once as nobody and once as a superuser."""

import os
from pathlib import Path

from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.logins import Headers
from tests.verifier.paths import tool
from tests.verifier.project import Project, StageError

EXAMPLES = os.environ.get("TRIVET_EXAMPLES", "15")
SEED = "1"
# Ample: two rows share the machine, and a late answer is the outage stage's matter.
ANSWER_SECONDS = 60
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
LOGGING_OUT = ("log_out", "log_out_everywhere")
# They may end the account, so that they come last.
ENDING = ("delete_me", "change_password", "update_me", "update_user", *LOGGING_OUT)
EMAIL = "fuzz@example.com"


def run(project: Project, address: str) -> None:
    """Run every check over the whole document.

    Raises:
        StageError: something was found, or it did not end in time.
    """
    found = [
        line
        for caller, options in _callers(project, address).items()
        for line in _findings(project, caller, address, *options)
    ]
    if found:
        raise StageError(f"schemathesis found something: {'; '.join(found)}")


def _callers(project: Project, address: str) -> dict[str, tuple[str, ...]]:
    """Return who sends requests, with options; without users anybody is nobody."""
    if not project.has_users:
        return {"as nobody": ()}
    project.run("make", "superuser", f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    excluded = [part for name in ENDING for part in ("--exclude-operation-id", name)]
    included = [part for name in ENDING for part in ("--include-operation-id", name)]
    headers = _log_in(address, project.auth)
    superuser = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    return {
        "as nobody": (),
        "as a superuser": (*superuser, *excluded),
        "as one whose account ends": (*superuser, *included),
    }


def _findings(project: Project, caller: str, address: str, *options: str) -> list[str]:
    try:
        _schemathesis(project, address, *options)
    except StageError as error:
        return [f"{caller}: {str(error).rpartition(':')[2].strip()}"]
    return []


def _schemathesis(project: Project, address: str, *options: str) -> None:
    project.run(
        tool("schemathesis"),
        f"--config-file={CONFIGURATION}",
        "run",
        f"{address}/openapi.json",
        "--checks=all",
        f"--max-examples={EXAMPLES}",
        f"--seed={SEED}",
        f"--request-timeout={ANSWER_SECONDS}",
        "--no-color",
        "--continue-on-failure",
        *options,
        seconds=900,
    )


def _log_in(address: str, auth: str) -> Headers:
    journey = Journey(address, auth)
    with journey.client:
        return journey.log_in(EMAIL)
