"""Exits 1 when a migration is missing: one that nobody wrote yet, or one that has not run."""

import asyncio
import sys
from typing import Any, cast

from tortoise.apps import Apps
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor

from app.database import CONNECTION
from migrations.config import TORTOISE_ORM


async def find_missing(config: dict[str, Any]) -> list[str]:
    """Return what is missing, a line each."""
    async with TortoiseContext() as context:
        await context.init(config)
        written = MigrationAutodetector(cast(Apps, context.apps), config["apps"])
        changes = [
            operation.describe()
            for migration in await written.changes()
            for operation in migration.operations
        ]
        plan = await MigrationExecutor(get_connection(CONNECTION), config["apps"]).plan()
        return [
            *(f"not in a migration: {change}" for change in changes),
            *(f"not run: {step.migration.name}" for step in plan),
        ]


if __name__ == "__main__":
    missing = asyncio.run(find_missing(TORTOISE_ORM))
    print("\n".join(missing or ["The migrations make what the models say, and all have run"]))
    sys.exit(1 if missing else 0)
