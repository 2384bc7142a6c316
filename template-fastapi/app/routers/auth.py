"""Registration, verification of an e-mail, password reset."""

from fastapi import APIRouter, Depends, Response

from app.dependencies import AppSettings, Limiter, Session, limit_address
from app.openapi import WITH_JSON_BODY, JSONRoute, problems
from app.schemas.auth import (
    EmailVerification,
    PasswordResetConfirm,
    PasswordResetRequest,
    UserCreate,
)
from app.schemas.users import User
from app.services import auth, users
from app.services.users import email_key

router = APIRouter(prefix="/api/v1/auth", tags=["auth"], route_class=JSONRoute)
limited = [Depends(limit_address)]


@router.post(
    "/register",
    status_code=201,
    dependencies=limited,
    operation_id="register",
    responses=problems(*WITH_JSON_BODY, 409, 429),
)
async def register(
    data: UserCreate, session: Session, settings: AppSettings, limiter: Limiter
) -> User:
    """Create an account; a mail asks to verify the address."""
    await limiter.hit("register", "account", email_key(data.email))
    return User.model_validate(await users.register_user(session, settings, data=data))


@router.post(
    "/verify-email",
    status_code=204,
    operation_id="verify_email",
    responses=problems(*WITH_JSON_BODY),
)
async def verify_email(data: EmailVerification, session: Session) -> None:
    """Verify the address that the token was mailed to."""
    await auth.verify_email(session, token=data.token)


@router.post(
    "/password-reset",
    status_code=202,
    dependencies=limited,
    operation_id="request_password_reset",
    response_class=Response,
    responses=problems(*WITH_JSON_BODY, 429),
)
async def request_password_reset(
    data: PasswordResetRequest, session: Session, settings: AppSettings, limiter: Limiter
) -> Response:
    """Mail a reset token, if there is such an account; the answer does not tell."""
    await limiter.hit("password-reset", "account", email_key(data.email))
    await auth.request_password_reset(session, settings, email=data.email)
    return Response(status_code=202)


@router.post(
    "/password-reset/confirm",
    status_code=204,
    operation_id="confirm_password_reset",
    responses=problems(*WITH_JSON_BODY),
)
async def confirm_password_reset(data: PasswordResetConfirm, session: Session) -> None:
    """Set a new password; the account is logged out everywhere."""
    await auth.reset_password(session, token=data.token, new_password=data.new_password)
