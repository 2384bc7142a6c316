"""Schemathesis against a running server, once as nobody and once as a superuser."""

import os

from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.paths import tool
from tests.verifier.project import Project

EXAMPLES = os.environ.get("TRIVET_EXAMPLES", "15")
SEED = "1"
# They would end the account, and with it all that is found after them.
ENDING = ("delete_me", "change_password", "update_me", "update_user")
EMAIL = "fuzz@example.com"


def run(project: Project, address: str) -> None:
    """Run every check over the whole document.

    Raises:
        StageError: something was found, or it did not end in time.
    """
    project.run("make", "superuser", f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    _schemathesis(project, address)
    token = _token(address)
    excluded = [part for name in ENDING for part in ("--exclude-operation-id", name)]
    _schemathesis(project, address, "-H", f"Authorization: Bearer {token}", *excluded)


def _schemathesis(project: Project, address: str, *options: str) -> None:
    project.run(
        tool("schemathesis"),
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
        return str(journey.log_in(EMAIL)["access_token"])
