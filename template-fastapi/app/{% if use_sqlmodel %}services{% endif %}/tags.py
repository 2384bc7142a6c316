"""Tags."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.errors import Conflict, NotFound
from app.models import Tag, Todo, TodoTag
from app.models.base import attribute, utc_now
from app.pagination import Order, Pager, PageRequest
from app.settings import Settings

BY_NAME = Order(column=attribute(Tag.name), tie=attribute(Tag.name), parse=str)


async def list_tags(
    session: AsyncSession, settings: Settings, *, owner_id: UUID, page: PageRequest
) -> tuple[Sequence[tuple[str, int]], str | None]:
    """Return a page of (name, todo_count), in one query."""
    pager = Pager(settings, scope=f"tags:{owner_id}", order=BY_NAME, parse_tie=str)
    query = (
        select(Tag.name, func.count(col(TodoTag.todo_id)).label("todo_count"))
        .outerjoin(TodoTag)
        .where(Tag.owner_id == owner_id)
        .group_by(col(Tag.id), col(Tag.name))
    )
    rows = (await session.exec(pager.statement(query, page))).all()
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
            await session.flush()
        except IntegrityError as error:
            raise Conflict("There is a tag of this name") from error
        await _touch_todos(session, tag_id=tag.id)
    query = select(func.count()).select_from(TodoTag).where(TodoTag.tag_id == tag.id)
    return new_name, (await session.exec(query)).one()


async def delete_tag(session: AsyncSession, *, owner_id: UUID, name: str) -> None:
    """Delete a tag and take it off every todo.

    Raises:
        NotFound: there is no such tag.
    """
    tag = await _find_locked(session, owner_id=owner_id, name=name)
    await _touch_todos(session, tag_id=tag.id)
    await session.exec(delete(Tag).where(col(Tag.id) == tag.id))


async def get_or_create_tags(
    session: AsyncSession, *, owner_id: UUID, names: Sequence[str]
) -> list[Tag]:
    """Return the user's tags of these names, sorted by name; what is new is created.

    The rows stay locked against deletion until the transaction ends. New names are inserted in
    sorted order, so that two transactions never wait for each other.
    """
    found = {tag.name: tag for tag in await _find_shared(session, owner_id, names)}
    for name in names:
        if name not in found:
            found[name] = await _create(session, owner_id, name)
    return [found[name] for name in names]


async def _create(session: AsyncSession, owner_id: UUID, name: str) -> Tag:
    tag = Tag(owner_id=owner_id, name=name)
    try:
        async with session.begin_nested():
            session.add(tag)
    except IntegrityError:
        [tag] = await _find_shared(session, owner_id, [name])
    return tag


async def _find_shared(
    session: AsyncSession, owner_id: UUID, names: Sequence[str]
) -> Sequence[Tag]:
    if not names:
        return []
    query = select(Tag).where(Tag.owner_id == owner_id, col(Tag.name).in_(names))
    query = query.order_by(col(Tag.name)).with_for_update(read=True)
    return (await session.exec(query)).all()


async def _find_locked(session: AsyncSession, *, owner_id: UUID, name: str) -> Tag:
    query = select(Tag).where(Tag.owner_id == owner_id, Tag.name == name).with_for_update()
    tag = (await session.exec(query)).first()
    if tag is None:
        raise NotFound("There is no such tag")
    return tag


async def _touch_todos(session: AsyncSession, *, tag_id: UUID) -> None:
    """Move the version of the tag's todos on.

    They are locked in the order of their ids before: two renamed tags of the same todos then wait
    for each other and never deadlock.
    """
    tagged = select(TodoTag.todo_id).where(TodoTag.tag_id == tag_id)
    locked = select(Todo.id).where(col(Todo.id).in_(tagged)).order_by(col(Todo.id))
    await session.exec(locked.with_for_update())
    await session.exec(
        update(Todo)
        .where(col(Todo.id).in_(tagged))
        .values(version=Todo.version + 1, updated_at=utc_now())
        .execution_options(synchronize_session=False)
    )
