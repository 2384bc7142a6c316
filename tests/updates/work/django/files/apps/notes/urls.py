from rest_framework.routers import SimpleRouter

from apps.notes.views import NoteViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("notes", NoteViewSet, basename="note")

urlpatterns = router.urls
