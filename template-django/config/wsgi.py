"""What a WSGI server starts."""

import os

from django.core.wsgi import get_wsgi_application

from apps.core.bodies import BoundedBodyWSGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = BoundedBodyWSGI(get_wsgi_application())
