"""Tags."""

from collections.abc import Sequence
from typing import NamedTuple, cast
from uuid import UUID

from peewee import IntegrityError, fn

from app import dialect
from app.database import Session, database, locked
from app.errors import Conflict, NotFound
from app.models import Tag, Todo, TodoTag
from app.models.base import utc_now
from app.pagination import Order, Pager, PageRequest
from app.settings import Settings

BY_NAME = Order(model=Tag, name="name", tie="name", parse=str)


class TagCount(NamedTuple):
    name: str
    todo_count: int


def list_tags(
    _session: Session, settings: Settings, *, owner_id: UUID, page: PageRequest
) -> tuple[Sequence[TagCount], str | None]:
    """Return a page of names with their numbers of todos, in one query."""
    pager = Pager(settings, scope=f"tags:{owner_id}", order=BY_NAME, parse_tie=str)
    query = (
        Tag.select(Tag.name, fn.COUNT(TodoTag.todo).alias("todo_count"))
        .left_outer_join(TodoTag)
        .where(Tag.owner == owner_id)
        .group_by(Tag.id, Tag.name)
    )
    rows = list(pager.statement(query, page).objects(TagCount))
    return pager.cut(cast(list[TagCount], rows), page)


def rename_tag(_session: Session, *, owner_id: UUID, name: str, new_name: str) -> tuple[str, int]:
    """Rename a tag and return its name and its number of todos.

    Raises:
        NotFound: there is no such tag.
        Conflict: the new name is taken.
    """
    tag = _find_locked(owner_id=owner_id, name=name)
    if new_name != name:
        tag.name = new_name
        try:
            with database.atomic():
                tag.save()
        except IntegrityError as error:
            raise Conflict("There is a tag of this name") from error
        _touch_todos(tag)
    return new_name, TodoTag.select().where(TodoTag.tag == tag).count()


def delete_tag(_session: Session, *, owner_id: UUID, name: str) -> None:
    """Delete a tag and take it off every todo.

    Raises:
        NotFound: there is no such tag.
    """
    tag = _find_locked(owner_id=owner_id, name=name)
    _touch_todos(tag)
    tag.delete_instance()


def get_or_create_tags(_session: Session, *, owner_id: UUID, names: Sequence[str]) -> list[Tag]:
    """Return the user's tags of these names, sorted by name; what is new is created.

    The rows stay locked against deletion until the transaction ends. New names are inserted in
    sorted order, so that two transactions never wait for each other.
    """
    found = {tag.name: tag for tag in _find_shared(owner_id, names)}
    for name in names:
        if name not in found:
            found[name] = _create(owner_id, name)
    return [found[name] for name in names]


def _create(owner_id: UUID, name: str) -> Tag:
    try:
        with database.atomic():
            return Tag.create(owner=owner_id, name=name)
    except IntegrityError:
        [tag] = _find_shared(owner_id, [name])
        return tag


def _find_shared(owner_id: UUID, names: Sequence[str]) -> list[Tag]:
    if not names:
        return []
    query = Tag.select().where(Tag.owner == owner_id, Tag.name.in_(names)).order_by(Tag.name)
    return list(locked(query, clause=dialect.SHARE_LOCK))


def _find_locked(*, owner_id: UUID, name: str) -> Tag:
    tag = locked(Tag.select().where(Tag.owner == owner_id, Tag.name == name)).get_or_none()
    if tag is None:
        raise NotFound("There is no such tag")
    return tag


def _touch_todos(tag: Tag) -> None:
    """Move the version of the tag's todos on.

    They are locked in the order of their ids before: two renamed tags of the same todos then wait
    for each other and never deadlock.
    """
    tagged = Todo.id.in_(TodoTag.select(TodoTag.todo).where(TodoTag.tag == tag))
    locked(Todo.select(Todo.id).where(tagged).order_by(Todo.id)).execute()
    Todo.update(version=Todo.version + 1, updated_at=utc_now()).where(tagged).execute()
