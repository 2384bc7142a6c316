"""The stage `tree`: what a rendered project must not hold, read from its files alone."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.verifier.render import ANSWERS

# A tag that was not rendered; `${{` is the workflow language's own. HTML pages are templates of
# the project itself.
JINJA = re.compile(r"(?<!\$)\{\{[ \w-]|\{%|\{#")
BUILT = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"}
MAY_BE_EMPTY = {"__init__.py", "py.typed", ".gitkeep"}

QUEUE = ("worker:", "scheduler")
BROKER = ("broker_url", "broker:")
SQLALCHEMY = ("sqlalchemy", "alembic")

# Words that give an option away, by question and choice; one of several choices stands with each.
# SQLite is every project's own for development and tests, so it has none.
TELLTALE: dict[tuple[str, object], tuple[str, ...]] = {
    ("database", "postgresql"): ("postgres", "asyncpg", "psycopg"),
    ("database", "mysql"): ("mysql", "mariadb", "asyncmy", "pymysql"),
    ("profile", "full"): ("superuser", "redis_url", "rate_limit", "email_url", "lint-imports"),
    ("orm", "sqlalchemy"): ("mapped_column", "declarativebase", *SQLALCHEMY),
    ("orm", "sqlmodel"): ("sqlmodel", *SQLALCHEMY),
    ("orm", "tortoise"): ("tortoise",),
    ("orm", "peewee"): ("peewee", "playhouse"),
    ("orm", "django"): ("django",),
    ("auth", "jwt"): ("jwt", "signed access", "required_claims"),
    ("auth", "oauth2"): (
        *("jwt", "signed access", "required_claims"),
        *("authlib", "oauth/", "linked_accounts", "social login"),
    ),
    ("oauth_providers", "google"): ("google", "openid", "oidc"),
    ("oauth_providers", "github"): ("github_client", "github_url", "user/emails"),
    ("auth", "token"): ("opaque", "refresh_token_id", "accesstoken("),
    ("auth", "session"): ("x-csrf-token", "usersession", "session_idle_limit", "__host-"),
    ("dependency_manager", "uv"): (
        *("uv sync", "uv run", "uv lock", "uv add", "uv.loc", "uv_", "uvx", "uv==", "tool.uv"),
        *("astral", "setup-uv"),
    ),
    ("dependency_manager", "poetry"): ("poetry",),
    ("dependency_manager", "pdm"): ("pdm",),
    ("dependency_manager", "pip"): (
        *("pip install -r", "pip freeze", ".venv/bin/"),
        *("requirements.txt", "requirements-dev.txt", "constraints.tx"),
    ),
    ("dependency_manager", "pipenv"): ("pipenv", "pipfile"),
    ("task_queue", "celery"): ("celery", *QUEUE),
    ("task_queue", "rq"): ("by rq", "from rq", '"rq>=', "fakeredis", *QUEUE),
    ("task_queue", "taskiq"): ("taskiq", *QUEUE),
    ("task_queue", "dramatiq"): ("dramatiq", *QUEUE),
    ("task_queue", "arq"): ("by arq", "from arq", '"arq>=', "fakeredis", *QUEUE),
    ("task_queue", "django_tasks"): ("django_tasks_db", "django-tasks-db", *QUEUE),
    ("broker", "redis"): ("redis://broker", "localhost:6379/1", *BROKER),
    ("broker", "rabbitmq"): ("rabbitmq", "amqp", *BROKER),
    ("broker", "database"): ("django_tasks_db",),
    ("server", "granian"): ("granian",),
    ("server", "uvicorn"): ("uvicorn",),
    ("server", "gunicorn"): ("gunicorn",),
    ("features", "metrics"): ("prometheus", "metrics"),
    ("container", True): ("dockerfile", "docker compose", "compose.yaml", ".dockerignore"),
    ("ci", "github"): (".github/", "github actions"),
    ("ci", "gitlab"): ("gitlab",),
    ("template_updates", True): ("template-update", "template_update"),
    ("pre_commit", True): ("pre-commit", "prek"),
    ("devcontainer", True): ("devcontainer",),
}


def findings(folder: Path, answers: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the tree, a line each; none is well."""
    found: list[str] = []
    off = _words_off(answers)
    for path in files(folder):
        name = str(path.relative_to(folder))
        content = path.read_bytes()
        text = content.decode("utf-8", errors="replace")
        found += [f"{name}: empty"] if _is_empty(path, text) else []
        found += [f"{name}: {reason}" for reason in _permissions(path, text)]
        if name == ANSWERS or b"\0" in content:
            continue
        if path.suffix != ".html":
            found += [f"{name}:{line}: Jinja is left" for line in _lines(JINJA, f"{name}\n{text}")]
        found += [f"{name}: speaks of {word}" for word in _traces(off, f"{name}\n{text}")]
    return found


def files(folder: Path) -> Iterator[Path]:
    """Yield the project's own files, sorted; nothing that a tool put there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not BUILT & set(path.relative_to(folder).parts):
            yield path


def _words_off(answers: Mapping[str, Any]) -> list[str]:
    on = {word for key, words in TELLTALE.items() if _chosen(answers, *key) for word in words}
    said = dict.fromkeys(word for words in TELLTALE.values() for word in words)
    return [word for word in said if word not in on]


def _chosen(answers: Mapping[str, Any], question: str, choice: object) -> bool:
    answer = answers.get(question)
    return choice in answer if isinstance(answer, list) else answer == choice


def _is_empty(path: Path, text: str) -> bool:
    if text.strip():
        return False
    return path.name not in MAY_BE_EMPTY or len(list(path.parent.iterdir())) == 1


def _permissions(path: Path, text: str) -> list[str]:
    executable = bool(path.stat().st_mode & 0o111)
    if executable and not text.startswith("#!"):
        return ["is executable and no script"]
    if text.startswith("#!") and not executable:
        return ["is a script and not executable"]
    return []


def _lines(pattern: re.Pattern[str], text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines()) if pattern.search(line)]


def _traces(words: list[str], text: str) -> list[str]:
    lowered = text.lower()
    return [word for word in words if word in lowered]
