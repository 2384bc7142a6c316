"""Answers of the health endpoints."""

from typing import Literal

from pydantic import BaseModel


class Liveness(BaseModel):
    status: Literal["alive"]


class Readiness(BaseModel):
    status: Literal["ready", "unavailable"]
    checks: dict[str, Literal["ok", "failed"]]
