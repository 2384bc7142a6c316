from rest_framework.routers import SimpleRouter

from apps.todos.views import TodoViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("todos", TodoViewSet, basename="todo")

urlpatterns = router.urls
