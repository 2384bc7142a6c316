"""Where the tables are not what the models say.

Peewee compares tables, columns and indexes. Types and nullability are compared here.
"""

import re
from collections.abc import Iterator

from peewee import Database, Field, Model
from playhouse.schema_diff import diff_models

from app.models import MODELS

# The width that integers are shown with, which some servers write and which says nothing.
DISPLAY_WIDTH = re.compile(r"^int\(\d+\)$")


def find_drift(database: Database) -> list[str]:
    """Return the differences, a line each."""
    structure = str(diff_models(database, MODELS)).splitlines()
    tables = set(database.get_tables())
    known = [model for model in MODELS if model._meta.table_name in tables]
    return [*structure, *(line for model in known for line in _columns(database, model))]


def _columns(database: Database, model: type[Model]) -> Iterator[str]:
    """Compare the columns that are on both sides."""
    table = model._meta.table_name
    stored = {column.name: column for column in database.get_columns(table)}
    for field in model._meta.sorted_fields:
        column = stored.get(field.column_name)
        if column is None:
            continue
        name = f"{table}.{field.column_name}"
        declared, found = _declared(database, field), _normal(column.full_type or column.data_type)
        if declared != found:
            yield f"change type of {name} from {found} to {declared}"
        if field.null != column.null:
            yield f"change {name} to {'null' if field.null else 'not null'}"


def _declared(database: Database, field: Field) -> str:
    declared = field.ddl_datatype(database.get_sql_context())
    return _normal(declared.sql.partition(" COLLATE ")[0])


def _normal(declared: str) -> str:
    return DISPLAY_WIDTH.sub("int", declared.lower())
