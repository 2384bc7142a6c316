"""Liveness and readiness."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

import structlog
from fastapi import APIRouter, Request, Response

from app.dependencies import AppDatabase
from app.openapi import RETRY_AFTER
from app.problems import RETRY_AFTER_SECONDS
from app.schemas.health import Liveness, Readiness

CHECK_TIMEOUT_SECONDS = 1.5

log = structlog.get_logger()
router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", operation_id="live")
async def live() -> Liveness:
    """Tell that the process answers; touches nothing else."""
    return Liveness()


@router.get(
    "/ready",
    operation_id="ready",
    responses={503: {"model": Readiness, "description": "A check failed", "headers": RETRY_AFTER}},
)
async def ready(request: Request, response: Response, database: AppDatabase) -> Readiness:
    """Tell whether what this service depends on answers, within two seconds."""
    checks = {"database": await _check("database", database.ping())}
    if request.app.state.limiter.is_shared:
        checks["redis"] = await _check("redis", request.app.state.limiter.ping())
    if "failed" in checks.values():
        response.status_code = 503
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return Readiness(status="unavailable", checks=checks)
    return Readiness(status="ready", checks=checks)


async def _check(name: str, probe: Awaitable[None]) -> Literal["ok", "failed"]:
    try:
        await asyncio.wait_for(probe, CHECK_TIMEOUT_SECONDS)
    except Exception as error:
        log.warning("check_failed", check=name, error=type(error).__name__)
        return "failed"
    return "ok"
