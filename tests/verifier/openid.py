"""An OpenID provider on the loopback interface, and a login with an account there."""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import httpx2

from tests.verifier import server
from tests.verifier.journey import Journey
from tests.verifier.logins import API
from tests.verifier.project import Project, StageError

EMAIL = "elsewhere@example.com"
SUBJECT = "elsewhere"
METADATA = "/.well-known/openid-configuration"


def check(project: Project) -> None:
    """Run the service with a provider, and log in with an account there.

    Raises:
        StageError: one of them does not start, or a step is not as the contract says.
    """
    with (
        providing(project) as issuer,
        server.running(project, **project.clients, GOOGLE_ISSUER=issuer) as address,
    ):
        log_in(Journey(address, project.auth), issuer)


@contextmanager
def providing(project: Project) -> Iterator[str]:
    """Run the provider that the project's own tests use, and give its issuer.

    Raises:
        StageError: it is not ready in time.
    """
    port = server.free_port()
    python = shlex.split(f"{project.manager.run}python")
    command = [*python, "-m", "oidc_provider_mock", "--port", str(port)]
    project.write(f"$ {shlex.join(command)}\n")
    with project.log.open("a") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=project.folder,
            env=project.environment({}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        issuer = f"http://127.0.0.1:{port}"
        server.await_ready(process, f"{issuer}{METADATA}", "provider")
        yield issuer
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def log_in(journey: Journey, issuer: str) -> None:
    """Go through a first login as a browser is sent, and read the account that it has made.

    Raises:
        StageError: a step is answered otherwise than the contract says.
    """
    page = journey.call("GET", f"{API}/auth/oauth/google/authorize", 302).headers["Location"]
    claims = {"email": EMAIL, "email_verified": True}
    httpx2.put(f"{issuer}/users/{SUBJECT}", json=claims).raise_for_status()
    approved = httpx2.post(page, data={"sub": SUBJECT})
    if approved.status_code != 302:
        raise StageError(f"the provider does not take {page}: {approved.text[:200]}")
    back = urlsplit(approved.headers["Location"])
    pair = journey.call("GET", f"{back.path}?{back.query}", 200).json()
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    user = journey.call("GET", f"{API}/users/me", 200, headers=headers).json()
    if (user["email"], user["email_verified"]) != (EMAIL, True):
        raise StageError(f"the login elsewhere is {user['email']}'s, not {EMAIL}'s")
