"""Notes."""

from django.conf import settings
from django.db import models

from apps.core.fields import CodePointTextField
from apps.core.models import Identified


class Note(Identified):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="notes")
    text = CodePointTextField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:20]
