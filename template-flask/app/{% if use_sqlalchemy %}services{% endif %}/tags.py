"""Tags."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Conflict, NotFound
from app.models import Tag, Todo, todo_tags
from app.models.base import utc_now
from app.pagination import Order, Pager, PageRequest
from app.settings import Settings

BY_NAME = Order(column=Tag.name, tie=Tag.name, parse=str)


def list_tags(
    session: Session, settings: Settings, *, owner_id: UUID, page: PageRequest
) -> tuple[Sequence[Row[str, int]], str | None]:
    """Return a page of (name, todo_count), in one query."""
    pager = Pager(settings, scope=f"tags:{owner_id}", order=BY_NAME, parse_tie=str)
    query = (
        select(Tag.name, func.count(todo_tags.c.todo_id).label("todo_count"))
        .outerjoin(todo_tags, todo_tags.c.tag_id == Tag.id)
        .where(Tag.owner_id == owner_id)
        .group_by(Tag.id, Tag.name)
    )
    rows = session.execute(pager.statement(query, page)).all()
    return pager.cut(rows, page)


def rename_tag(session: Session, *, owner_id: UUID, name: str, new_name: str) -> tuple[str, int]:
    """Rename a tag and return its name and its number of todos.

    Raises:
        NotFound: there is no such tag.
        Conflict: the new name is taken.
    """
    tag = _find_locked(session, owner_id=owner_id, name=name)
    if new_name != name:
        tag.name = new_name
        try:
            session.flush()
        except IntegrityError as error:
            raise Conflict("There is a tag of this name") from error
        _touch_todos(session, tag_id=tag.id)
    count = session.scalar(
        select(func.count()).select_from(todo_tags).where(todo_tags.c.tag_id == tag.id)
    )
    return new_name, count or 0


def delete_tag(session: Session, *, owner_id: UUID, name: str) -> None:
    """Delete a tag and take it off every todo.

    Raises:
        NotFound: there is no such tag.
    """
    tag = _find_locked(session, owner_id=owner_id, name=name)
    _touch_todos(session, tag_id=tag.id)
    session.execute(delete(Tag).where(Tag.id == tag.id))


def get_or_create_tags(session: Session, *, owner_id: UUID, names: Sequence[str]) -> list[Tag]:
    """Return the user's tags of these names, sorted by name; what is new is created.

    The rows stay locked against deletion until the transaction ends. New names are inserted in
    sorted order, so that two transactions never wait for each other.
    """
    found = {tag.name: tag for tag in _find_shared(session, owner_id, names)}
    for name in names:
        if name not in found:
            found[name] = _create(session, owner_id, name)
    return [found[name] for name in names]


def _create(session: Session, owner_id: UUID, name: str) -> Tag:
    tag = Tag(owner_id=owner_id, name=name)
    try:
        with session.begin_nested():
            session.add(tag)
    except IntegrityError:
        [tag] = _find_shared(session, owner_id, [name])
    return tag


def _find_shared(session: Session, owner_id: UUID, names: Sequence[str]) -> Sequence[Tag]:
    if not names:
        return []
    query = select(Tag).where(Tag.owner_id == owner_id, Tag.name.in_(names))
    return session.scalars(query.order_by(Tag.name).with_for_update(read=True)).all()


def _find_locked(session: Session, *, owner_id: UUID, name: str) -> Tag:
    query = select(Tag).where(Tag.owner_id == owner_id, Tag.name == name).with_for_update()
    tag = session.scalar(query)
    if tag is None:
        raise NotFound("There is no such tag")
    return tag


def _touch_todos(session: Session, *, tag_id: UUID) -> None:
    """Move the version of the tag's todos on.

    They are locked in the order of their ids before: two renamed tags of the same todos then wait
    for each other and never deadlock.
    """
    tagged = select(todo_tags.c.todo_id).where(todo_tags.c.tag_id == tag_id)
    locked = select(Todo.id).where(Todo.id.in_(tagged)).order_by(Todo.id).with_for_update()
    session.execute(locked)
    session.execute(
        update(Todo)
        .where(Todo.id.in_(tagged))
        .values(version=Todo.version + 1, updated_at=utc_now())
        .execution_options(synchronize_session=False)
    )
