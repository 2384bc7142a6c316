"""Tags."""

from django.conf import settings
from django.db import models

from apps.core.fields import CodePointCharField
from apps.core.models import Identified

TAG_NAME_LENGTH = 50


class Tag(Identified):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="tags", db_index=False
    )
    name = CodePointCharField(max_length=TAG_NAME_LENGTH)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "name"], name="tag_name_of_owner_is_unique"),
        )

    def __str__(self) -> str:
        return self.name
