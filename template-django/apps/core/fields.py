"""Text columns that compare and sort by code points, whatever the server's locale."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.core.dialect import code_point_collation

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField


class CodePointCharField(CharField):
    """A string of which case, accents and trailing spaces count."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": code_point_collation(connection)}


class CodePointTextField(TextField):
    """A long string of which case, accents and trailing spaces count."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": code_point_collation(connection)}


class FoldedField(CodePointTextField):
    """Another field's text, case-folded on every save: what a search reads."""

    def __init__(self, *, source: str = "", **options: Any) -> None:
        self.source = source
        super().__init__(**{"default": "", **options, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = str(getattr(model_instance, self.source)).casefold()
        setattr(model_instance, self.attname, folded)
        return folded
