"""The caller's account, and accounts for superusers."""

from uuid import UUID

from flask import Blueprint

from app.auth import current_user, require_auth, require_superuser
from app.extensions import db, settings
from app.openapi import CREDENTIALS, WITH_JSON_BODY, Answer, Answers, Reply, api
from app.schemas.pages import PageQuery
from app.schemas.users import User, UserAdminUpdate, UserPage, UserUpdate
from app.services import users

TAGS = ["users"]

blueprint = Blueprint("users", __name__, url_prefix="/api/v1/users")


@blueprint.get("/me")
@require_auth
@api.validate(
    operation_id="get_me", tags=TAGS, security=CREDENTIALS, resp=Answers({200: Answer(User)}, 401)
)
def get_me() -> User:
    """Show the caller's account."""
    return User.model_validate(current_user())


@blueprint.patch("/me")
@require_auth
@api.validate(
    operation_id="update_me",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(User)}, *WITH_JSON_BODY, 401, 409),
)
def update_me(json: UserUpdate) -> User:
    """Change the name or the e-mail; another e-mail has to be verified again."""
    user = users.update_user(db.session, settings, user=current_user(), data=json)
    return User.model_validate(user)


@blueprint.delete("/me")
@require_auth
@api.validate(
    operation_id="delete_me", tags=TAGS, security=CREDENTIALS, resp=Answers({204: Answer()}, 401)
)
def delete_me() -> Reply:
    """Delete the account and everything in it."""
    users.delete_user(db.session, user=current_user())
    return "", 204


@blueprint.get("")
@require_superuser
@api.validate(
    operation_id="list_users",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(UserPage)}, 401, 403, 422),
)
def list_users(query: PageQuery) -> UserPage:
    """List accounts, newest first."""
    rows, next_cursor = users.list_users(db.session, settings, page=query.page)
    return UserPage(items=[User.model_validate(row) for row in rows], next_cursor=next_cursor)


@blueprint.patch("/<uuid:id>")
@require_superuser
@api.validate(
    operation_id="update_user",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(User)}, *WITH_JSON_BODY, 401, 403, 404),
)
def update_user(id: UUID, json: UserAdminUpdate) -> User:
    """Activate or deactivate an account, or make it a superuser."""
    return User.model_validate(users.administer_user(db.session, user_id=id, data=json))
