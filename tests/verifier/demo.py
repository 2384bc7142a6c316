"""`make demo`: the default project, from the real command line to real requests, on SQLite."""

import json
import os
import shutil
import subprocess
import sys
import time

import httpx2

from extensions import guard
from tests.verifier import server
from tests.verifier.journey import Journey
from tests.verifier.paths import ROOT, STATE
from tests.verifier.project import Project, StageError
from tests.verifier.stages import prepare

FOLDER = STATE / "demo"
LONGEST = 300


def main() -> int:
    """Show the whole way and return the exit status."""
    began = time.monotonic()
    project = Project(FOLDER, guard.defaults({}), STATE / "logs/demo/demo.log")
    shutil.rmtree(project.log.parent, ignore_errors=True)
    project.log.parent.mkdir(parents=True)
    try:
        _render()
        _show("make install", project)
        _show("make migrate", project)
        _show("make test", project)
        _requests(project)
    except (StageError, subprocess.CalledProcessError) as error:
        print(f"\nFAILED: {error}")
        print("".join(f"  | {line}\n" for line in project.log.read_text().splitlines()[-40:]))
        return 1
    print(f"\nDone in {time.monotonic() - began:.0f} s. The project stands in .trivet/demo.")
    return 0


def _render() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    settings = STATE / "settings.yml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("{}\n")
    command = ["copier", "copy", "--trust", "--defaults", "--quiet", "--vcs-ref", "HEAD"]
    print(f"$ {' '.join(command)} . .trivet/demo", flush=True)
    subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-m", *command, str(ROOT), str(FOLDER)],
        cwd=ROOT,
        env={**os.environ, "COPIER_SETTINGS_PATH": str(settings)},
        check=True,
    )


def _show(command: str, project: Project) -> None:
    print(f"$ {command}", flush=True)
    output = project.run(*command.split())
    lines = [line for line in output.splitlines() if line.strip()]
    print("".join(f"  {line}\n" for line in lines[-3:]), end="", flush=True)


def _requests(project: Project) -> None:
    print("$ cp .env.example .env && make run", flush=True)
    prepare(project)
    with server.running(project) as address:
        Journey(address, project.auth, _print).walk(metrics=False)
    print("\nThe server ended cleanly on SIGTERM.")


def _print(answer: httpx2.Response) -> None:
    request = answer.request
    path = request.url.raw_path.decode()
    print(f"\n> {request.method} {path}  {_short(request.content.decode())}".rstrip())
    print(f"< {answer.status_code} {answer.reason_phrase}  {_short(_body(answer))}", flush=True)


def _body(answer: httpx2.Response) -> str:
    if answer.content and answer.headers.get("Content-Type", "") == "application/json":
        body = answer.json()
        for secret in {"access_token", "refresh_token"} & set(body):
            body[secret] = f"{body[secret][:12]}..."
        return json.dumps(body)
    return answer.text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


if __name__ == "__main__":
    sys.exit(main())
