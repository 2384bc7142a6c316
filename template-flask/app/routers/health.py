"""Liveness and readiness."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Literal

import structlog
from flask import Blueprint, copy_current_request_context, current_app

from app.openapi import RETRY_AFTER, Answer, Answers, Reply, api
from app.problems import RETRY_AFTER_SECONDS
from app.schemas.health import Liveness, Readiness

CHECK_TIMEOUT_SECONDS = 1.0

log = structlog.get_logger()
blueprint = Blueprint("health", __name__, url_prefix="/health")
# Checks that hang keep their threads, and no request's, until their drivers give up.
_threads = ThreadPoolExecutor(4, thread_name_prefix="check")


@blueprint.get("/live")
@api.validate(operation_id="live", tags=["health"], resp=Answers({200: Answer(Liveness)}))
def live() -> Liveness:
    """Tell that the process answers; touches nothing else."""
    return Liveness(status="alive")


@blueprint.get("/ready")
@api.validate(
    operation_id="ready",
    tags=["health"],
    resp=Answers(
        {
            200: Answer(Readiness),
            503: Answer(Readiness, description="A check failed", headers=RETRY_AFTER),
        }
    ),
)
def ready() -> Reply:
    """Tell whether what this service depends on answers, within two seconds."""
    probes = {
        name: _threads.submit(copy_current_request_context(probe))
        for name, probe in current_app.extensions["probes"].items()
    }
    wait(probes.values(), CHECK_TIMEOUT_SECONDS)
    checks = {name: _outcome(name, probe) for name, probe in probes.items()}
    if "failed" in checks.values():
        answer = Readiness(status="unavailable", checks=checks)
        return answer, 503, {"Retry-After": RETRY_AFTER_SECONDS}
    return Readiness(status="ready", checks=checks)


def _outcome(name: str, probe: Future[None]) -> Literal["ok", "failed"]:
    probe.cancel()
    try:
        probe.result(timeout=0)
    except Exception as error:
        log.warning("check_failed", check=name, error=type(error).__name__)
        return "failed"
    return "ok"
