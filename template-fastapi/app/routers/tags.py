"""Tags."""

from fastapi import APIRouter

from app.authentication import CurrentUser
from app.dependencies import AppSettings, Page, Session
from app.errors import NotFound
from app.openapi import WITH_JSON_BODY, JSONRoute, problems
from app.schemas.tags import Tag, TagPage, TagUpdate
from app.services import tags

router = APIRouter(prefix="/api/v1/tags", tags=["tags"], route_class=JSONRoute)


def _storable(name: str) -> str:
    """Return the name as it may stand in the database.

    Raises:
        NotFound: no tag can have this name.
    """
    if "\0" in name or name != name.strip():
        raise NotFound("There is no such tag")
    return name


@router.get("", operation_id="list_tags", responses=problems(401, 422))
async def list_tags(
    user: CurrentUser, session: Session, settings: AppSettings, page: Page
) -> TagPage:
    """List the caller's tags by name."""
    rows, next_cursor = await tags.list_tags(session, settings, owner_id=user.id, page=page)
    items = [Tag(name=name, todo_count=count) for name, count in rows]
    return TagPage(items=items, next_cursor=next_cursor)


@router.patch(
    "/{name}", operation_id="rename_tag", responses=problems(*WITH_JSON_BODY, 401, 404, 409)
)
async def rename_tag(name: str, data: TagUpdate, user: CurrentUser, session: Session) -> Tag:
    """Rename a tag on every todo that has it."""
    new_name, todo_count = await tags.rename_tag(
        session, owner_id=user.id, name=_storable(name), new_name=data.name
    )
    return Tag(name=new_name, todo_count=todo_count)


@router.delete("/{name}", status_code=204, operation_id="delete_tag", responses=problems(401, 404))
async def delete_tag(name: str, user: CurrentUser, session: Session) -> None:
    """Delete a tag and take it off every todo."""
    await tags.delete_tag(session, owner_id=user.id, name=_storable(name))
