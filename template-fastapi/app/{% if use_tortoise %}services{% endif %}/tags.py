"""Tags."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, Subquery
from tortoise.functions import Count
from tortoise.transactions import in_transaction

from app import dialect
from app.database import AsyncSession
from app.errors import Conflict, NotFound
from app.models import Tag, Todo
from app.models.base import utc_now
from app.pagination import Order, Pager, PageRequest
from app.settings import Settings

BY_NAME = Order(name="name", tie="name", parse=str)


class CountedTag(NamedTuple):
    name: str
    todo_count: int


async def list_tags(
    _session: AsyncSession, settings: Settings, *, owner_id: UUID, page: PageRequest
) -> tuple[Sequence[CountedTag], str | None]:
    """Return a page of tags with their number of todos, in one query."""
    pager = Pager(settings, scope=f"tags:{owner_id}", order=BY_NAME, parse_tie=str)
    counted = Tag.filter(owner_id=owner_id).annotate(todo_count=Count("todos"))
    query = pager.query(counted, page).group_by("id", "name")
    rows = [CountedTag(*row) for row in await query.values_list("name", "todo_count")]
    return pager.cut(rows, page)


async def rename_tag(
    session: AsyncSession, *, owner_id: UUID, name: str, new_name: str
) -> tuple[str, int]:
    """Rename a tag and return its name and its number of todos.

    Raises:
        NotFound: there is no such tag.
        Conflict: the new name is taken.
    """
    tag = await _find_locked(session, owner_id=owner_id, name=name)
    if new_name != name:
        tag.name = new_name
        try:
            await tag.save(update_fields=["name"])
        except IntegrityError as error:
            raise Conflict("There is a tag of this name") from error
        await _touch_todos(session, tag_id=tag.id)
    return new_name, await Todo.filter(tags=tag.id).count()


async def delete_tag(session: AsyncSession, *, owner_id: UUID, name: str) -> None:
    """Delete a tag and take it off every todo.

    Raises:
        NotFound: there is no such tag.
    """
    tag = await _find_locked(session, owner_id=owner_id, name=name)
    await _touch_todos(session, tag_id=tag.id)
    await tag.delete()


async def get_or_create_tags(
    session: AsyncSession, *, owner_id: UUID, names: Sequence[str]
) -> list[Tag]:
    """Return the user's tags of these names, sorted by name; what is new is created.

    The rows stay locked until the transaction ends. New names are inserted in sorted order, so
    that two transactions never wait for each other.
    """
    found = {tag.name: tag for tag in await _find_held(session, owner_id, names)}
    for name in names:
        if name not in found:
            found[name] = await _create(session, owner_id, name)
    return [found[name] for name in names]


async def _create(_session: AsyncSession, owner_id: UUID, name: str) -> Tag:
    try:
        async with in_transaction():
            return await Tag.create(owner_id=owner_id, name=name)
    except IntegrityError:
        return await dialect.hold_first(Tag.filter(owner_id=owner_id, name=name)).get()


async def _find_held(_session: AsyncSession, owner_id: UUID, names: Sequence[str]) -> Sequence[Tag]:
    if not names:
        return []
    query = Tag.filter(owner_id=owner_id, name__in=names)
    return await query.order_by("name").select_for_update(no_key=True)


async def _find_locked(_session: AsyncSession, *, owner_id: UUID, name: str) -> Tag:
    tag = await Tag.filter(owner_id=owner_id, name=name).select_for_update().get_or_none()
    if tag is None:
        raise NotFound("There is no such tag")
    return tag


async def _touch_todos(_session: AsyncSession, *, tag_id: UUID) -> None:
    """Move the version of the tag's todos on.

    They are locked in the order of their ids before: two renamed tags of the same todos then wait
    for each other and never deadlock.
    """
    tagged = Subquery(Todo.filter(tags=tag_id).values("id"))
    await Todo.filter(id__in=tagged).order_by("id").select_for_update().only("id")
    await Todo.filter(tags=tag_id).update(version=F("version") + 1, updated_at=utc_now())
