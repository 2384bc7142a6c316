"""Health: is the process alive, and does its database answer."""

from concurrent.futures import ThreadPoolExecutor

from flask import Blueprint, copy_current_request_context, current_app

from app.database import ping
from app.errors import RETRY_AFTER
from app.openapi import HEALTH, Answers, api
from app.schemas import Liveness, Readiness

READY_SECONDS = 1.5

blueprint = Blueprint("health", __name__, url_prefix="/health")
# A check that hangs keeps its thread, and no request's, until the driver gives up.
_threads = ThreadPoolExecutor(4, thread_name_prefix="check")


@blueprint.get("/live")
@api.validate(operation_id="live", tags=[HEALTH], resp=Answers({200: Liveness}))
def live() -> Liveness:
    """Tell that the process answers; touches nothing else."""
    return Liveness(status="alive")


@blueprint.get("/ready")
@api.validate(operation_id="ready", tags=[HEALTH], resp=Answers({200: Readiness, 503: Readiness}))
def ready() -> Readiness | tuple[Readiness, int, dict[str, str]]:
    """Tell whether the database answers, within two seconds."""
    check = _threads.submit(copy_current_request_context(ping))
    try:
        check.result(timeout=READY_SECONDS)
    except Exception as error:
        current_app.logger.warning("the database does not answer: %s", type(error).__name__)
        return Readiness(status="unavailable", checks={"database": "failed"}), 503, RETRY_AFTER
    return Readiness(status="ready", checks={"database": "ok"})
