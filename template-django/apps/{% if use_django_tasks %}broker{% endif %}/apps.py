from importlib import import_module

from django.apps import AppConfig


class BrokerConfig(AppConfig):
    name = "apps.broker"

    def ready(self) -> None:
        import_module("apps.broker.receivers")
