"""The one table of what a rendered project installs, by framework and option.

Each package has a lower bound at the version that was proven and an upper bound at its next
breaking release; linters and type checkers, whose findings change often, are pinned exactly.
"""

from collections.abc import Mapping
from typing import Literal

from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

Group = Literal["runtime", "dev"]

UVLOOP = "uvloop>=0.23,<0.24; sys_platform != 'win32'"

FRAMEWORKS: dict[str, dict[Group, tuple[str, ...]]] = {
    "fastapi": {
        "runtime": (
            "aiosmtplib>=5.1,<6",
            "aiosqlite>=0.22.1,<0.23",
            "alembic>=1.20,<2",
            "anyio>=4.16,<5",
            "email-validator>=2.4,<3",
            "fastapi>=0.165,<0.166",
            "fastapi-offline>=1.7.7,<2",
            "itsdangerous>=2.2,<3",
            "limits>=5.8,<6",
            "pwdlib[argon2]>=0.3.1,<0.4",
            "pydantic>=2.14,<3",
            "pydantic-settings>=2.16,<3",
            "pyjwt>=2.15,<3",
            "redis>=8.1,<9",
            "sqlalchemy[asyncio]>=2.1.9,<2.2",
            "structlog>=26.1,<27",
            "typer>=0.29,<0.30",
            "uuid-utils>=1.2,<2",
        ),
        "dev": (
            "coverage>=7.17,<8",
            "httpx2>=2.16,<3",
            "import-linter>=2.16,<3",
            "mypy==2.4.1",
            "pytest>=9.2,<10",
            "pytest-cov>=7.1,<8",
            "pytest-xdist>=3.8,<4",
            "ruff==0.17.5",
            "schemathesis>=4.32,<5",
            "time-machine>=3.6,<4",
        ),
    },
}

# Computed flags (questions/computed.yml) to what each adds.
OPTIONS: dict[str, dict[Group, tuple[str, ...]]] = {
    "use_postgresql": {"runtime": ("asyncpg>=0.32,<0.33",)},
    "use_mysql": {"runtime": ("asyncmy>=0.2.18,<0.3",)},
    "use_granian": {"runtime": ("granian>=2.8,<3", UVLOOP), "dev": ("watchfiles>=1.3,<2",)},
    "use_uvicorn": {"runtime": ("httptools>=0.9,<0.10", "uvicorn>=0.54,<0.55", UVLOOP)},
    "use_gunicorn": {"runtime": ("gunicorn>=27.0,<28", UVLOOP)},
    "use_metrics": {"runtime": ("prometheus-client>=0.26,<0.27",)},
    "use_pre_commit": {"dev": ("prek==0.5.11",)},
}


def required(answers: Mapping[str, object], group: Group) -> list[str]:
    """Return the PEP 508 requirements of a group, sorted, for a framework and its flags."""
    rows = [FRAMEWORKS[str(answers["framework"])]]
    rows += [row for flag, row in OPTIONS.items() if answers[flag]]
    return sorted(requirement for row in rows for requirement in row.get(group, ()))


@pass_context
def requirements(context: Context, group: Group) -> list[str]:
    """Return the requirements of a group for the answers of the present rendering."""
    return required(context.get_all(), group)


class Requirements(Extension):
    """Gives templates `requirements(group)`."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["requirements"] = requirements
