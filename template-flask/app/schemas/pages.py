"""Pages of a list, as requests ask for them."""

from pydantic import BaseModel, Field

from app.pagination import PageRequest
from app.schemas.base import CleanText
from app.schemas.todos import TodoQuery


class PageQuery(BaseModel):
    limit: int = Field(default=20, ge=1, le=100, description="Items a page")
    cursor: CleanText | None = Field(default=None, description="`next_cursor` of the page before")

    @property
    def page(self) -> PageRequest:
        return PageRequest(limit=self.limit, cursor=self.cursor)


class TodoPageQuery(PageQuery, TodoQuery):
    """Filters and sort of a list of todos, and which page of it."""
