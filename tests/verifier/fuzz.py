"""Schemathesis against a running server, once as nobody and once as a superuser."""

import os
from pathlib import Path

from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.paths import tool
from tests.verifier.project import Project, StageError

EXAMPLES = os.environ.get("TRIVET_EXAMPLES", "15")
SEED = "1"
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
# They would end the account, and with it all that is found after them.
ENDING = ("delete_me", "change_password", "update_me", "update_user")
EMAIL = "fuzz@example.com"


def run(project: Project, address: str) -> None:
    """Run every check over the whole document.

    Raises:
        StageError: something was found, or it did not end in time.
    """
    project.run("make", "superuser", f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    excluded = [part for name in ENDING for part in ("--exclude-operation-id", name)]
    found = [
        *_findings(project, "as nobody", address),
        *_findings(
            project, "as a superuser", address, "-H", f"Authorization: {_token(address)}", *excluded
        ),
    ]
    if found:
        raise StageError(f"schemathesis found something: {'; '.join(found)}")


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
        "--no-color",
        "--continue-on-failure",
        *options,
        seconds=900,
    )


def _token(address: str) -> str:
    journey = Journey(address)
    with journey.client:
        return f"Bearer {journey.log_in(EMAIL)['access_token']}"
