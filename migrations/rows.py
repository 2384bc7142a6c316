"""How a project's rows move into a database of another kind, by its own mapper."""

from collections.abc import Iterator, Mapping
from typing import Any

Answers = Mapping[str, Any]

SCHEMES = {
    "postgresql": ("postgresql+asyncpg", "postgresql+psycopg"),
    "mysql": ("mysql+asyncmy", "mysql+pymysql"),
    "sqlite": ("sqlite+aiosqlite", "sqlite"),
}
DRIVERS = {
    "postgresql+asyncpg": "asyncpg",
    "postgresql+psycopg": "psycopg[binary]",
    "mysql+asyncmy": "asyncmy",
    "mysql+pymysql": "pymysql",
}
ADDRESS = {
    "postgresql": "app:app@localhost:5432/app",
    "mysql": "app:app@localhost:3306/app",
    "sqlite": "/./app.db",
}
# What Django makes or keeps for itself.
LEFT_APPS = ("contenttypes", "auth", "admin", "sessions")
COPY_BLOCKING = """\
import os
import app.main
from {module} import {base}
from sqlalchemy import create_engine, insert, select
old, new = create_engine(os.environ["OLD_DATABASE_URL"]), create_engine(os.environ["DATABASE_URL"])
with old.connect() as source, new.begin() as target:
    for table in {base}.metadata.sorted_tables:
        if rows := [dict(row) for row in source.execute(select(table)).mappings()]:
            target.execute(insert(table), rows)
"""
COPY_DJANGO = """\
import os
from urllib.parse import unquote, urlsplit
import django
from django.conf import settings
from django.core.management import call_command
{prepare}os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
url = urlsplit(os.environ["OLD_DATABASE_URL"])
settings.DATABASES["old"] = {
    "ENGINE": "django.db.backends.{engine}",
    "NAME": url.path.removeprefix("/"),
    "USER": unquote(url.username or ""),
    "PASSWORD": unquote(url.password or ""),
    "HOST": url.hostname or "",
    "PORT": url.port or "",
}
django.setup()
call_command("dumpdata", database="old", exclude={left}, output="rows.json")
call_command("loaddata", "rows.json")
os.remove("rows.json")
"""
COPY_PEEWEE = """\
import os
from app.models import MODELS
from playhouse.db_url import connect
def opened(name):
    scheme, _, address = os.environ[name].partition("://")
    return connect(f"{scheme.partition('+')[0]}://{address}", unquote_password=True)
old, new = opened("OLD_DATABASE_URL"), opened("DATABASE_URL")
with old.connection_context(), new.connection_context(), new.atomic():
    for model in MODELS:
        for row in model.select().dicts().execute(old):
            model.insert(row).execute(new)
"""
COPY_TORTOISE = """\
import asyncio, os
from app import models
from app.database import CONNECTION, Database, tortoise_config
from app.settings import get_settings
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
CLIENTS = {"postgresql+asyncpg": "asyncpg", "mysql+asyncmy": "mysql", "sqlite+aiosqlite": "sqlite"}
scheme, _, address = os.environ["OLD_DATABASE_URL"].partition("://")
source = {CONNECTION: f"{CLIENTS[scheme]}://{address.removeprefix('/')}"}
def related(model):
    return {model._meta.fields_map[name].related_model for name in model._meta.fk_fields}
async def copy():
    left = [getattr(models, name) for name in models.__all__]
    with TortoiseContext() as old:
        await old.init({**tortoise_config(get_settings()), "connections": source})
        rows = {model: await model.all().values(*model._meta.db_fields) for model in left}
        tagged = await models.Todo.filter(tags__id__isnull=False).values_list("id", "tags__id")
        await old.close_connections()
    new = Database(get_settings())
    async with new.transaction():
        while left:
            model = next(model for model in left if not related(model) & set(left) - {model})
            left.remove(model)
            await model.bulk_create([model(**row) for row in rows[model]])
        connection = get_connection(CONNECTION)
        into = connection.query_class.into("todo_tags").columns("todo_id", "tag_id")
        for todo, tag in tagged:
            link = into.insert(str(todo), str(tag))
            await connection.execute_query(*link.get_parameterized_sql())
    await new.dispose()
asyncio.run(copy())
"""
COPY_ASYNC = """\
import asyncio, os
import app.main
from {module} import {base}
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import create_async_engine
async def copy(old, new):
    async with old.connect() as source, new.begin() as target:
        for table in {base}.metadata.sorted_tables:
            if rows := [dict(row) for row in (await source.execute(select(table))).mappings()]:
                await target.execute(insert(table), rows)
    await old.dispose()
    await new.dispose()
urls = (os.environ[name] for name in ("OLD_DATABASE_URL", "DATABASE_URL"))
asyncio.run(copy(*map(create_async_engine, urls)))
"""


def address(answers: Answers) -> str:
    """Return an example of the address of a project's database."""
    return f"{_scheme(answers)}://{ADDRESS[answers['database']]}"


def moved(before: Answers, now: Answers, run: str) -> Iterator[str]:
    """Yield the commands that copy the rows, if the database is another; `run` stands before each.

    The new code reads the old rows. What Django runs on knows SQLite, and no other old one.
    """
    if before["database"] == now["database"]:
        return
    python = f"{run}python"
    if driver := DRIVERS.get(_scheme(before)):
        pip = f"{python} -m ensurepip && {python} -m pip"
        uv = "uv pip install --python .venv"
        yield f'{uv if now["dependency_manager"] == "uv" else f"{pip} install"} "{driver}"'
    if now["framework"] == "django" and before["database"] == "sqlite":
        manage = f"{python} manage.py"
        apps = " ".join(f"--exclude {app}" for app in LEFT_APPS)
        yield f"DATABASE_URL=$OLD_DATABASE_URL {manage} dumpdata {apps} --output rows.json"
        yield f"{manage} loaddata rows.json && rm rows.json"
        return
    yield f"{python} - <<'END'"
    yield from _script(before, now).splitlines()
    yield "END"


def _script(before: Answers, now: Answers) -> str:
    """Return Python that copies the rows, for the project's mapper."""
    if now["framework"] == "django":
        prepare = "import pymysql\npymysql.install_as_MySQLdb()\n"
        replaced = {
            "{engine}": before["database"],
            "{left}": str(LEFT_APPS),
            "{prepare}": prepare if before["database"] == "mysql" else "",
        }
        return _replaced(COPY_DJANGO, replaced)
    script = COPY_ASYNC if now["framework"] == "fastapi" else COPY_BLOCKING
    script = {"peewee": COPY_PEEWEE, "tortoise": COPY_TORTOISE}.get(now["orm"], script)
    module = "app.database" if now.get("profile") == "minimal" else "app.models"
    base = "SQLModel" if now["orm"] == "sqlmodel" else "Base"
    return _replaced(script, {"{module}": module, "{base}": base})


def _replaced(script: str, texts: Mapping[str, str]) -> str:
    for old, new in texts.items():
        script = script.replace(old, new)
    return script


def _scheme(answers: Answers) -> str:
    asynchronous, blocking = SCHEMES[answers["database"]]
    return asynchronous if answers["framework"] == "fastapi" else blocking
