"""What only some users may do."""

from typing import Annotated

from fastapi import Depends

from app.authentication import CurrentUser
from app.errors import Forbidden
from app.models import User


async def require_superuser(user: CurrentUser) -> User:
    if not user.is_superuser:
        raise Forbidden("Only superusers may do this")
    return user


Superuser = Annotated[User, Depends(require_superuser)]
