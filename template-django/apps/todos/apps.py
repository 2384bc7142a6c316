from importlib import import_module

from django.apps import AppConfig


class TodosConfig(AppConfig):
    name = "apps.todos"

    def ready(self) -> None:
        import_module("apps.todos.receivers")
