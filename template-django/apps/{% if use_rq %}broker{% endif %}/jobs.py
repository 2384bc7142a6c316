"""What a worker runs: the tasks of `django.tasks`, by their paths."""

from typing import Any

from django.db import connections
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.utils.module_loading import import_string

from apps.broker.queued import QueuedJob
from apps.core.tasks import finish, ready


class DeclaredJob(QueuedJob):
    """A task; its name in Redis is its path."""

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run the task, and leave no connection to the database to the next forked process."""
        found = self._find()
        try:
            found.task.call(*args, **kwargs)
        finally:
            connections.close_all()
        finish(found, TaskResultStatus.SUCCESSFUL)

    def give_up(self) -> None:
        finish(self._find(), TaskResultStatus.FAILED)

    def _find(self) -> "TaskResult[..., Any]":
        task = import_string(str(self.func_name))
        if not isinstance(task, Task):
            raise TypeError(f"{self.func_name} is no task")
        return ready(task, list(self.args), self.kwargs, id=self.id)
