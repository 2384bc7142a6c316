"""What `python -m app.scheduler` runs: the periodic jobs are sent when they are due."""

import signal
import sys

from app.logs import configure_logging
from app.settings import get_settings
from app.tasks.broker.scheduler import Scheduler


def main() -> None:
    settings = get_settings()
    configure_logging(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    Scheduler(settings).run()


if __name__ == "__main__":
    main()
