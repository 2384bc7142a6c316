"""Liveness and readiness."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

import structlog
from fastapi import APIRouter, Request, Response

from app.openapi import RETRY_AFTER
from app.problems import RETRY_AFTER_SECONDS
from app.schemas.health import Liveness, Readiness

CHECK_TIMEOUT_SECONDS = 1.0
Probe = Callable[[], Awaitable[None]]

log = structlog.get_logger()
router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", operation_id="live")
async def live() -> Liveness:
    """Tell that the process answers; touches nothing else."""
    return Liveness(status="alive")


@router.get(
    "/ready",
    operation_id="ready",
    responses={503: {"model": Readiness, "description": "A check failed", "headers": RETRY_AFTER}},
)
async def ready(request: Request, response: Response) -> Readiness:
    """Tell whether what this service depends on answers, within two seconds."""
    probes: dict[str, Probe] = request.app.state.probes
    outcomes = await asyncio.gather(*(_check(*named) for named in probes.items()))
    checks = dict(zip(probes, outcomes, strict=True))
    if "failed" in checks.values():
        response.status_code = 503
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return Readiness(status="unavailable", checks=checks)
    return Readiness(status="ready", checks=checks)


async def _check(name: str, probe: Probe) -> Literal["ok", "failed"]:
    try:
        await asyncio.wait_for(probe(), CHECK_TIMEOUT_SECONDS)
    except Exception as error:
        log.warning("check_failed", check=name, error=type(error).__name__)
        return "failed"
    return "ok"
