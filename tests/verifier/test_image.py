"""A Dockerfile's steps are followed, and each fault of an image is found; nothing is downloaded."""

import json
from pathlib import Path

import pytest

from tests.verifier import container, image
from tests.verifier.conftest import MakeProject
from tests.verifier.project import Project, StageError

SERVER = """\
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args): pass
WRITE
http.server.HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""
HEALTH = """\
import os, sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{os.environ['PORT']}/health/live", timeout=2)
sys.exit(len(sys.argv) - 1)
"""
DOCKERFILE = """\
FROM python:3.11-slim AS build
WORKDIR /srv
COPY pyproject.toml uv.loc[k] ./
RUN mkdir -p .venv/bin && cp pyproject.toml .venv/bin/made

FROM python:3.11-slim
ENV GREETING=/srv/hello PATH=/srv/.venv/bin:$PATH
WORKDIR /srv
COPY --from=build /srv/.venv .venv
COPY app app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s \\
  CMD ["python", "app/health.py"]
CMD ["sh", "-c", "exec python app/serve.py"]
"""
FILES = {
    ".dockerignore": "*\n!app\n!pyproject.toml\n**/__pycache__\n",
    "Dockerfile": DOCKERFILE,
    "app/health.py": HEALTH,
    "app/migrate.py": "import os, sys\nsys.exit(os.environ['ENVIRONMENT'] != 'production')\n",
    "app/serve.py": SERVER.replace("WRITE\n", ""),
    "compose.yaml": json.dumps(
        {
            "services": {
                "app": {"environment": {"ENVIRONMENT": "production", "X": "${SECRET_KEY:?}"}},
                "migrate": {"command": "python app/migrate.py"},
            }
        }
    ),
    "pyproject.toml": "[project]\n",
}


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new)}


def test_stages_are_built_one_after_the_other(make_project: MakeProject, tmp_path: Path) -> None:
    built = image.build(make_project(FILES), tmp_path)
    assert built.path(".venv/bin/made").read_text() == "[project]\n"
    assert built.user == "10001:10001"
    assert built.environment["GREETING"] == f"{built.root}/srv/hello"
    assert not built.path("pyproject.toml").exists()


def test_a_good_image_passes(make_project: MakeProject) -> None:
    container.run(make_project(FILES))


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (changed("Dockerfile", "USER 10001:10001\n", ""), "runs as root"),
        (changed("Dockerfile", ".venv/bin/made", ".venv/bin/pip"), "the image has pip"),
        (changed("Dockerfile", "RUN mkdir", "RUN mkdirr"), "RUN mkdirr .*exit status 127"),
        (changed("Dockerfile", "EXPOSE", "EXPOSES"), "EXPOSES is no instruction"),
        (changed(".dockerignore", "!app\n", ""), "COPY app app: nothing of it is in the context"),
        (changed("app/migrate.py", "production", "test"), "app/migrate.py: exit status 1"),
        (
            changed("Dockerfile", '"app/health.py"', '"app/health.py", "x"'),
            r"app/health\.py x: exit status 1",
        ),
        ({**FILES, "app/health.py": "\n"}, "the health check passes though nothing runs"),
        (
            {**FILES, "app/serve.py": SERVER.replace("WRITE", "open('log', 'w').close()")},
            "it writes to its file system: srv/log",
        ),
    ],
)
def test_faults_are_found(make_project: MakeProject, files: dict[str, str], reason: str) -> None:
    with pytest.raises(StageError, match=reason):
        container.run(make_project(files))


def test_a_project_without_a_container_has_no_image(make_project: MakeProject) -> None:
    from tests.verifier.stages import image as stage

    project: Project = make_project({"README.md": "x"}, container=False)
    stage(project)
