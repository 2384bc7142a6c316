"""Accounts, tokens, verification and password reset."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from app.dependencies import AppSettings, Limiter, Session, limit_address
from app.openapi import WITH_JSON_BODY, JSONRoute, problems
from app.schemas.auth import (
    EmailVerification,
    PasswordResetConfirm,
    PasswordResetRequest,
    RevokeRequest,
    TokenError,
    TokenPair,
    TokenRequest,
    UserCreate,
)
from app.schemas.users import User
from app.services import auth, refresh_tokens, users
from app.services.users import email_key

FORM = "application/x-www-form-urlencoded"
GRANTS = ("password", "refresh_token")

router = APIRouter(prefix="/api/v1/auth", tags=["auth"], route_class=JSONRoute)
limited = [Depends(limit_address)]


def _form_body(model: type[TokenRequest] | type[RevokeRequest]) -> dict[str, object]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {FORM: {"schema": schema}}}}


def _oauth_error(error: str, description: str) -> JSONResponse:
    content = {"error": error, "error_description": description}
    return JSONResponse(content, status_code=400, headers={"Cache-Control": "no-store"})


async def _read_form(request: Request) -> dict[str, str] | None:
    """Return the form's members, else None for a body that is no form with single members."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body = await request.body()
    if media_type != FORM:
        return None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        return None
    form = dict(pairs)
    has_nul = any("\0" in value for value in form.values())
    return None if has_nul or len(form) != len(pairs) else form


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
    "/token",
    dependencies=limited,
    operation_id="issue_token",
    response_model=TokenPair,
    responses={
        400: {"model": TokenError, "description": "RFC 6749, section 5.2"},
        **problems(413, 429),
    },
    openapi_extra=_form_body(TokenRequest),
)
async def issue_token(
    request: Request, session: Session, settings: AppSettings, limiter: Limiter
) -> TokenPair | JSONResponse:
    """Log in with a password, or trade a refresh token for its successor (RFC 6749)."""
    form = await _read_form(request)
    if form is None or "grant_type" not in form:
        return _oauth_error("invalid_request", "A form with a grant_type is needed")
    if form["grant_type"] not in GRANTS:
        return _oauth_error("unsupported_grant_type", f"grant_type is one of {', '.join(GRANTS)}")
    if form["grant_type"] == "refresh_token":
        if "refresh_token" not in form:
            return _oauth_error("invalid_request", "refresh_token is needed")
        tokens = await auth.refresh(session, settings, token=form["refresh_token"])
    else:
        if not {"username", "password"} <= form.keys():
            return _oauth_error("invalid_request", "username and password are needed")
        username, password = form["username"], form["password"]
        await limiter.hit("token", "account", email_key(username))
        tokens = await auth.log_in(session, settings, email=username, password=password)
    return tokens or _oauth_error("invalid_grant", "These credentials are not good")


@router.post(
    "/revoke",
    operation_id="revoke_token",
    response_class=Response,
    responses={
        200: {"description": "The token is not good any more"},
        400: {"model": TokenError, "description": "RFC 6749, section 5.2"},
        **problems(413),
    },
    openapi_extra=_form_body(RevokeRequest),
)
async def revoke_token(request: Request, session: Session) -> Response:
    """Revoke a refresh token and what descends from its login (RFC 7009)."""
    form = await _read_form(request)
    if form is None or not form.get("token"):
        return _oauth_error("invalid_request", "A form with a token is needed")
    await refresh_tokens.revoke(session, form["token"])
    return Response()


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
    """Set a new password; every refresh token of the account is revoked."""
    await auth.reset_password(session, token=data.token, new_password=data.new_password)
