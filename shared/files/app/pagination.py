"""Keyset pagination: a page begins after the last row of the page before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import Invalid
from app.security import read_cursor, sign_cursor
from app.settings import Settings

Row = TypeVar("Row")
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True)
class PageRequest:
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class Order:
    """A sort column with the row's id as tie-break; nulls come last either way."""

    column: InstrumentedAttribute[Any]
    tie: InstrumentedAttribute[Any]
    parse: Callable[[str], Any]
    descending: bool = False
    nullable: bool = False

    def clauses(self) -> list[ColumnElement[Any]]:
        ordered: list[ColumnElement[Any]] = [self._directed(self.column)]
        if self.nullable:
            ordered.insert(0, self.column.is_(None))
        return ordered if self.tie is self.column else [*ordered, self._directed(self.tie)]

    def after(self, value: Any, tie: Any) -> ColumnElement[bool]:
        """Rows that come after the one with this value and tie-break."""
        later = self._beyond(self.tie, tie)
        if value is None:
            return and_(self.column.is_(None), later)
        beyond = or_(self._beyond(self.column, value), and_(self.column == value, later))
        if self.nullable:
            return or_(beyond, self.column.is_(None))
        # This excludes nothing more, but lets an index be read from here on.
        bound = self.column <= value if self.descending else self.column >= value
        return and_(bound, beyond)

    def position(self, row: Any) -> list[str | None]:
        value = getattr(row, self.column.key)
        return [_write(value), str(getattr(row, self.tie.key))]

    def _directed(self, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        return column.desc() if self.descending else column.asc()

    def _beyond(self, column: InstrumentedAttribute[Any], value: Any) -> ColumnElement[bool]:
        beyond: ColumnElement[bool] = column < value if self.descending else column > value
        return beyond


@dataclass(frozen=True)
class Pager:
    """Cuts pages off one list; `scope` names the list, its owner, its sort and its filters."""

    settings: Settings
    scope: str
    order: Order
    parse_tie: Callable[[str], Any] = UUID

    def statement(self, query: Query, page: PageRequest) -> Query:
        """Order the query, start it after the cursor, and read one row more than the page has.

        Raises:
            Invalid: the cursor is not one of this list.
        """
        if page.cursor is not None:
            value, tie = self._read(page.cursor)
            query = query.where(self.order.after(value, tie))
        return query.order_by(*self.order.clauses()).limit(page.limit + 1)

    def cut(self, rows: Sequence[Row], page: PageRequest) -> tuple[Sequence[Row], str | None]:
        """Return the page's rows and the cursor of the next page, if there is one."""
        if len(rows) <= page.limit:
            return rows, None
        kept = rows[: page.limit]
        return kept, sign_cursor(self.settings, self.scope, self.order.position(kept[-1]))

    def _read(self, cursor: str) -> tuple[Any, Any]:
        position = read_cursor(self.settings, self.scope, cursor)
        if position is None:
            raise Invalid("query.cursor", "This cursor is not one of this list", "cursor_invalid")
        value, tie = position
        return None if value is None else self.order.parse(value), self.parse_tie(str(tie))


def _write(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)
