"""What every table has."""

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7


class Identified(models.Model):
    """A UUIDv7 key (RFC 9562): sortable by creation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Timestamped(Identified):
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
