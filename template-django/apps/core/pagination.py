"""Keyset pagination: a page begins after the last row of the page before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from apps.core.errors import FieldFailure, Invalid

Row = TypeVar("Row")
Item = TypeVar("Item", bound=Model)


@dataclass(frozen=True)
class Order:
    """A sort column with the row's id as tie-break; nulls come last either way."""

    column: str
    parse: Callable[[str], Any]
    descending: bool = False
    nullable: bool = False
    tie: str = "id"
    parse_tie: Callable[[str], Any] = UUID

    def clauses(self) -> list[OrderBy]:
        columns = [self.column] if self.column == self.tie else [self.column, self.tie]
        return [self._directed(column) for column in columns]

    def after(self, value: Any, tie: Any) -> Q:
        """Rows that come after the one with this value and tie-break."""
        later = Q(**{self._beyond(self.tie): tie})
        if self.column == self.tie:
            return later
        if value is None:
            return Q(**{f"{self.column}__isnull": True}) & later
        beyond = Q(**{self._beyond(self.column): value}) | (Q(**{self.column: value}) & later)
        if self.nullable:
            return beyond | Q(**{f"{self.column}__isnull": True})
        # This excludes nothing more, but lets an index be read from here on.
        return Q(**{f"{self._beyond(self.column)}e": value}) & beyond

    def position(self, row: Any) -> list[str | None]:
        return [_write(_member(row, self.column)), str(_member(row, self.tie))]

    def _directed(self, column: str) -> OrderBy:
        nulls_last = True if self.nullable and column == self.column else None
        return OrderBy(F(column), descending=self.descending, nulls_last=nulls_last)

    def _beyond(self, column: str) -> str:
        return f"{column}__{'lt' if self.descending else 'gt'}"


@dataclass(frozen=True)
class Pager:
    """Cuts pages off one list; `scope` names the list, its owner, its sort and its filters."""

    scope: str
    order: Order

    def page(
        self, queryset: QuerySet[Item, Row], *, limit: int, cursor: str | None
    ) -> tuple[Sequence[Row], str | None]:
        """Return the rows after the cursor, and the cursor of the next page, if there is one.

        Raises:
            Invalid: the cursor is not one of this list.
        """
        if cursor is not None:
            queryset = queryset.filter(self.order.after(*self._read(cursor)))
        rows = list(queryset.order_by(*self.order.clauses())[: limit + 1])
        if len(rows) <= limit:
            return rows, None
        kept = rows[:limit]
        return kept, self._signer().sign_object(self.order.position(kept[-1]))

    def _read(self, cursor: str) -> tuple[Any, Any]:
        try:
            value, tie = self._signer().unsign_object(cursor)
        except signing.BadSignature as error:
            message = "This cursor is not one of this list"
            raise Invalid(FieldFailure("query.cursor", message, "cursor_invalid")) from error
        return None if value is None else self.order.parse(value), self.order.parse_tie(tie)

    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"cursor:{self.scope}")


def _member(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _write(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)
