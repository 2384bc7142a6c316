from rest_framework.routers import SimpleRouter

from apps.exports.views import ExportViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("todos/exports", ExportViewSet, basename="export")

urlpatterns = router.urls
