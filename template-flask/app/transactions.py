"""The one commit boundary."""

from flask import Flask, request
from flask.typing import ResponseReturnValue

from app.extensions import db, jobs
from app.hooks import SAFE_METHODS
from app.tasks.queue import take_calls


class TransactionalFlask(Flask):
    """Commits when a view has returned, before its answer is sent, then hands its jobs over.

    A view that raises leaves nothing behind: its session is closed with the app context.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        answer = super().dispatch_request()
        if request.method not in SAFE_METHODS:
            db.session.commit()
            for call in take_calls(db.session):
                jobs.start(call)
        return answer
