"""What an ASGI server starts."""

import os

from django.core.asgi import get_asgi_application

from apps.core.bodies import BoundedBodyASGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = BoundedBodyASGI(get_asgi_application())
