"""Whether what this service depends on answers in time, even where it hangs."""

from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog

from apps.health.probes import probes

TIMEOUT_SECONDS = 1.0
CHECKS_AT_ONCE = 4

log = structlog.get_logger()
pool = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="checks")


def run_checks() -> dict[str, bool]:
    """Return by the name of each dependency whether it answers."""
    running = {name: pool.submit(probe) for name, probe in probes().items()}
    wait(running.values(), TIMEOUT_SECONDS)
    return {name: _is_good(name, probe) for name, probe in running.items()}


def _is_good(name: str, probe: Future[None]) -> bool:
    probe.cancel()
    try:
        probe.result(timeout=0)
    except Exception as error:
        log.warning("check_failed", check=name, error=type(error).__name__)
        return False
    return True
