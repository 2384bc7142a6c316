"""The caller's account, and accounts for superusers."""

from uuid import UUID

from fastapi import APIRouter

from app.authentication import CurrentUser
from app.dependencies import AppSettings, Page, Session
from app.openapi import WITH_JSON_BODY, JSONRoute, problems
from app.permissions import Superuser
from app.schemas.users import User, UserAdminUpdate, UserPage, UserUpdate
from app.services import users

router = APIRouter(prefix="/api/v1/users", tags=["users"], route_class=JSONRoute)


@router.get("/me", operation_id="get_me", responses=problems(401))
async def get_me(user: CurrentUser) -> User:
    """Show the caller's account."""
    return User.model_validate(user)


@router.patch("/me", operation_id="update_me", responses=problems(*WITH_JSON_BODY, 401, 409))
async def update_me(
    data: UserUpdate, user: CurrentUser, session: Session, settings: AppSettings
) -> User:
    """Change the name or the e-mail; another e-mail has to be verified again."""
    return User.model_validate(await users.update_user(session, settings, user=user, data=data))


@router.delete("/me", status_code=204, operation_id="delete_me", responses=problems(401))
async def delete_me(user: CurrentUser, session: Session) -> None:
    """Delete the account and everything in it."""
    await users.delete_user(session, user=user)


@router.get("", operation_id="list_users", responses=problems(401, 403, 422))
async def list_users(
    _superuser: Superuser, session: Session, settings: AppSettings, page: Page
) -> UserPage:
    """List accounts, newest first."""
    rows, next_cursor = await users.list_users(session, settings, page=page)
    return UserPage(items=[User.model_validate(row) for row in rows], next_cursor=next_cursor)


@router.patch(
    "/{id:uuid}",
    operation_id="update_user",
    responses=problems(*WITH_JSON_BODY, 401, 403, 404),
)
async def update_user(
    id: UUID, data: UserAdminUpdate, _superuser: Superuser, session: Session
) -> User:
    """Activate or deactivate an account, or make it a superuser."""
    return User.model_validate(await users.administer_user(session, user_id=id, data=data))
