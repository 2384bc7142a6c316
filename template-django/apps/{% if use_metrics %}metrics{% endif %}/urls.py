from django.urls import path

from apps.metrics.views import MetricsView

urlpatterns = [path("metrics", MetricsView.as_view())]
