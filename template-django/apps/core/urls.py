from django.urls import path

from apps.core.openapi.views import DocumentView, PageView

urlpatterns = [
    path("openapi.json", DocumentView.as_view()),
    path("docs", PageView.as_view()),
]
