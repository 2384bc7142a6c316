"""Liveness and readiness."""

from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.openapi.document import document
from apps.core.problems import RETRY_AFTER_SECONDS
from apps.core.views import OpenView
from apps.health import services
from apps.health.serializers import Liveness, Readiness


class LiveView(OpenView):
    @document("live", {200: Liveness}, problems=None)
    def get(self, request: Request) -> Response:
        """Tell that the process answers; touches nothing else."""
        return Response({"status": "alive"})


class ReadyView(OpenView):
    @document(
        "ready", {200: Readiness, 503: OpenApiResponse(Readiness, description="A check failed")}
    )
    def get(self, request: Request) -> Response:
        """Tell whether what this service depends on answers, within two seconds."""
        found = services.run_checks()
        checks = {name: "ok" if is_good else "failed" for name, is_good in found.items()}
        if all(found.values()):
            return Response({"status": "ready", "checks": checks})
        return Response(
            {"status": "unavailable", "checks": checks},
            status=503,
            headers={"Retry-After": RETRY_AFTER_SECONDS},
        )
