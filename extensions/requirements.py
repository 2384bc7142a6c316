"""The one table of what a rendered project installs, by template and option.

Each package has a lower bound at the version that was proven and an upper bound at its next
breaking release; linters and type checkers, whose findings change often, are pinned exactly.
"""

import re
from collections.abc import Mapping
from typing import Literal

from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

Group = Literal["runtime", "dev"]

Row = dict[Group, tuple[str, ...]]

# A PEP 508 requirement: name, extras, version, marker.
REQUIREMENT = re.compile(r"([^\[<>=]+)(?:\[(.+)\])?([<>=][^;]*)(?:; (.+))?")

BLOCKING_OAUTH: Row = {
    "runtime": ("requests>=2.34,<3",),
    "dev": ("types-requests>=2.33.0.20261030,<3",),
}
BLOCKING_DRIVERS: dict[str, Row] = {
    "use_postgresql": {"runtime": ("psycopg[binary]>=3.3.9,<4",)},
    "use_mysql": {"runtime": ("pymysql[rsa]>=1.2,<2",)},
}

# What every project of a template needs, and what computed flags (questions/computed.yml) add;
# rows of `every` are all templates' own. Of two rows with the same package the later one counts.
TABLE: dict[str, dict[str, Row]] = {
    "every": {
        "always": {
            "runtime": ("uuid-utils>=1.2,<2",),
            "dev": (
                "coverage>=7.17,<8",
                "mypy==2.4.1",
                "pytest>=9.2,<10",
                "pytest-cov>=7.1,<8",
                "pytest-xdist>=3.8,<4",
                "ruff==0.17.5",
            ),
        },
        "use_auth": {
            "runtime": (
                "limits>=5.8,<6",
                "redis>=8.1,<9",
                "structlog>=26.1,<27",
            ),
            "dev": (
                "httpx2>=2.16,<3",
                "import-linter>=2.16,<3",
                "time-machine>=3.6,<4",
            ),
        },
        "use_jwt": {"runtime": ("pyjwt>=2.15,<3",)},
        "use_oauth2": {
            "runtime": ("authlib>=1.9.9,<2",),
            "dev": ("types-authlib>=1.8.0.20260911,<2",),
        },
        "use_google_login": {"dev": ("oidc-provider-mock>=0.3.4,<0.4",)},
        "use_asgi": {"runtime": ("uvloop>=0.23,<0.24; sys_platform != 'win32'",)},
        "use_granian": {"runtime": ("granian>=2.8,<3",), "dev": ("watchfiles>=1.3,<2",)},
        "use_uvicorn": {"runtime": ("httptools>=0.9,<0.10", "uvicorn>=0.54,<0.55")},
        "use_gunicorn": {"runtime": ("gunicorn>=27.0,<28",)},
        "use_metrics": {"runtime": ("prometheus-client>=0.26,<0.27",)},
        "use_celery": {"runtime": ("celery>=5.7,<6",), "dev": ("celery-types>=0.26,<0.27",)},
        "use_rq": {"runtime": ("rq>=3.0,<4",), "dev": ("fakeredis>=2.40,<3",)},
        "use_taskiq": {"runtime": ("taskiq>=0.13,<0.14",)},
        "use_taskiq_redis": {"runtime": ("taskiq-redis>=1.2.4,<2",)},
        "use_taskiq_rabbitmq": {"runtime": ("aio-pika>=10.2,<11", "taskiq-aio-pika>=0.6.1,<0.7")},
        "use_dramatiq": {"runtime": ("dramatiq>=2.2.1,<3",)},
        "use_dramatiq_rabbitmq": {
            "runtime": ("pika>=1.4.4,<2",),
            "dev": ("types-pika-ts>=1.4,<2",),
        },
        "use_pre_commit": {"dev": ("prek==0.5.11",)},
    },
    "fastapi": {
        "always": {
            "runtime": (
                "aiosmtplib>=5.1,<6",
                "aiosqlite>=0.22.1,<0.23",
                "anyio>=4.16,<5",
                "email-validator>=2.4,<3",
                "fastapi>=0.165,<0.166",
                "fastapi-offline>=1.7.7,<2",
                "itsdangerous>=2.2,<3",
                "pwdlib[argon2]>=0.3.1,<0.4",
                "pydantic>=2.14,<3",
                "pydantic-settings>=2.16,<3",
                "typer>=0.29,<0.30",
            ),
        },
        "use_alchemy": {"runtime": ("alembic>=1.20,<2", "sqlalchemy[asyncio]>=2.1.9,<2.2")},
        "use_sqlmodel": {"runtime": ("sqlmodel>=0.0.50,<0.0.51",)},
        "use_tortoise": {"runtime": ("tortoise-orm>=1.1.9,<1.2",)},
        "use_postgresql": {"runtime": ("asyncpg>=0.32,<0.33",)},
        "use_mysql": {"runtime": ("asyncmy>=0.2.18,<0.3",)},
        "use_greenlets": {"dev": ("types-greenlet>=3.5,<4",)},
        "use_arq": {
            "runtime": ("arq>=0.28,<0.29", "redis>=5.3.1,<6"),
            "dev": ("fakeredis>=2.40,<3",),
        },
        "use_oauth2": {"runtime": ("httpx2>=2.16,<3",)},
    },
    "django": {
        "always": {
            "runtime": (
                "argon2-cffi>=25.1,<26",
                "django>=6.1.3,<6.2",
                "django-cors-headers>=4.9,<5",
                "django-filter>=26.2,<27",
                "django-stubs-ext>=6.1.2,<6.2",
                "djangorestframework>=3.18.3,<3.19",
                "drf-spectacular>=0.30,<0.31",
                "drf-spectacular-sidecar>=2026.10,<2027",
                "python-dotenv>=1.1,<2",
                "whitenoise>=6.12,<7",
            ),
            "dev": (
                "django-stubs>=6.1.2,<6.2",
                "djangorestframework-stubs>=3.18.1,<3.19",
                "pytest-django>=4.14,<5",
                "types-django-filter>=26.2,<27",
            ),
        },
        "use_postgresql": {"runtime": ("psycopg[binary]>=3.3.9,<4", "psycopg-pool>=3.3.3,<4")},
        "use_django_tasks": {"runtime": ("django-tasks-db>=0.13,<0.14",)},
        "use_mysql": {
            "runtime": ("pymysql[rsa]>=1.2,<2",),
            "dev": ("types-pymysql>=1.2.0.20260923,<2",),
        },
        "use_oauth2": BLOCKING_OAUTH,
    },
    "flask": {
        "always": {
            "runtime": (
                "email-validator>=2.4,<3",
                "flask>=3.1,<3.2",
                "flask-swagger-ui>=5.34,<6",
                "itsdangerous>=2.2,<3",
                "pwdlib[argon2]>=0.3.1,<0.4",
                "pydantic>=2.14,<3",
                "pydantic-settings>=2.16,<3",
                "spectree>=3.0,<4",
                "typer>=0.29,<0.30",
                "werkzeug>=3.1.9,<3.2",
            ),
        },
        "use_oauth2": BLOCKING_OAUTH,
        "use_sqlalchemy": {
            "runtime": (
                "alembic>=1.20,<2",
                "flask-sqlalchemy-lite>=0.2.1,<0.3",
                "sqlalchemy>=2.1.9,<2.2",
            ),
        },
        "use_peewee": {
            "runtime": ("peewee>=4.5.3,<5",),
            "dev": ("types-peewee>=4.5.1.20260909,<5",),
        },
        "use_peewee_mysql": {"dev": ("types-pymysql>=1.2.0.20260923,<2",)},
        **BLOCKING_DRIVERS,
    },
    "flask-minimal": {
        "always": {
            "runtime": (
                "alembic>=1.20,<2",
                "flask>=3.1,<3.2",
                "flask-sqlalchemy-lite>=0.2.1,<0.3",
                "flask-swagger-ui>=5.34,<6",
                "itsdangerous>=2.2,<3",
                "pydantic>=2.14,<3",
                "pydantic-settings>=2.16,<3",
                "spectree>=3.0,<4",
                "sqlalchemy>=2.1.9,<2.2",
            ),
        },
        **BLOCKING_DRIVERS,
    },
}

# Rows whose packages cannot be installed beside those of others; no project needs both.
APART = {"use_arq": ("use_taskiq_redis",)}


def required(answers: Mapping[str, object], group: Group) -> list[str]:
    """Return the PEP 508 requirements of a group, sorted, for a template and its flags."""
    layers = (TABLE["every"], TABLE[str(answers["template"])])
    rows = [
        row for layer in layers for flag, row in layer.items() if flag == "always" or answers[flag]
    ]
    named = {_name(entry): entry for row in rows for entry in row.get(group, ())}
    return sorted(named.values())


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=]", requirement)[0]


@pass_context
def requirements(context: Context, group: Group) -> list[str]:
    """Return the requirements of a group for the answers of the present rendering."""
    return required(context.get_all(), group)


def pipfile_entry(requirement: str) -> str:
    """Return the line of a Pipfile that says the same as a PEP 508 requirement."""
    match = REQUIREMENT.fullmatch(requirement)
    if not match:
        raise ValueError(f"not a requirement of the table: {requirement}")
    name, extras, version, marker = match.groups()
    if not extras and not marker:
        return f'{name} = "{version}"'
    members = [f'version = "{version}"']
    if extras:
        quoted = ", ".join(f'"{extra}"' for extra in extras.split(","))
        members.append(f"extras = [{quoted}]")
    members += [f'markers = "{marker}"'] if marker else []
    return f"{name} = {{{', '.join(members)}}}"


class Requirements(Extension):
    """Gives templates `requirements(group)` and the filter `pipfile_entry`."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["requirements"] = requirements
        environment.filters["pipfile_entry"] = pipfile_entry
