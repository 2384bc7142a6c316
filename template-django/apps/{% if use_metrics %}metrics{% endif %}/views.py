from django.conf import settings
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rest_framework.request import Request

from apps.core.views import OpenView
from apps.metrics.collectors import collected


@extend_schema(exclude=True)
class MetricsView(OpenView):
    def get(self, request: Request) -> HttpResponse:
        """Show the metrics, unless they have a port of their own."""
        if settings.METRICS_PORT:
            raise Http404
        return HttpResponse(generate_latest(collected()), content_type=CONTENT_TYPE_LATEST)
