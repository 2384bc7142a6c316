"""Tags."""

from flask import Blueprint

from app.auth import current_user, require_auth
from app.errors import NotFound
from app.extensions import db, settings
from app.openapi import CREDENTIALS, WITH_JSON_BODY, Answer, Answers, Reply, api
from app.schemas.pages import PageQuery
from app.schemas.tags import Tag, TagPage, TagUpdate
from app.services import tags

TAGS = ["tags"]

blueprint = Blueprint("tags", __name__, url_prefix="/api/v1/tags")


@blueprint.get("")
@require_auth
@api.validate(
    operation_id="list_tags",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(TagPage)}, 401, 422),
)
def list_tags(query: PageQuery) -> TagPage:
    """List the caller's tags by name."""
    rows, next_cursor = tags.list_tags(
        db.session, settings, owner_id=current_user().id, page=query.page
    )
    items = [Tag(name=row.name, todo_count=row.todo_count) for row in rows]
    return TagPage(items=items, next_cursor=next_cursor)


@blueprint.patch("/<name>")
@require_auth
@api.validate(
    operation_id="rename_tag",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(Tag)}, *WITH_JSON_BODY, 401, 404, 409),
)
def rename_tag(name: str, json: TagUpdate) -> Tag:
    """Rename a tag on every todo that has it."""
    new_name, todo_count = tags.rename_tag(
        db.session, owner_id=current_user().id, name=_storable(name), new_name=json.name
    )
    return Tag(name=new_name, todo_count=todo_count)


@blueprint.delete("/<name>")
@require_auth
@api.validate(
    operation_id="delete_tag",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({204: Answer()}, 401, 404),
)
def delete_tag(name: str) -> Reply:
    """Delete a tag and take it off every todo."""
    tags.delete_tag(db.session, owner_id=current_user().id, name=_storable(name))
    return "", 204


def _storable(name: str) -> str:
    """Return the name as it may stand in the database.

    Raises:
        NotFound: no tag can have this name.
    """
    if "\0" in name or name != name.strip():
        raise NotFound("There is no such tag")
    return name
