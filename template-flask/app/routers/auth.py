"""Registration, verification of an e-mail, password reset."""

from flask import Blueprint

from app.auth import limit_address
from app.extensions import db, limiter, settings
from app.openapi import WITH_JSON_BODY, Answer, Answers, Reply, api
from app.schemas.auth import (
    EmailVerification,
    PasswordResetConfirm,
    PasswordResetRequest,
    UserCreate,
)
from app.schemas.users import User
from app.services import auth, users
from app.services.users import email_key

TAGS = ["auth"]

blueprint = Blueprint("auth", __name__, url_prefix="/api/v1/auth")


@blueprint.post("/register")
@limit_address
@api.validate(
    operation_id="register",
    tags=TAGS,
    resp=Answers({201: Answer(User)}, *WITH_JSON_BODY, 409, 429),
)
def register(json: UserCreate) -> Reply:
    """Create an account; a mail asks to verify the address."""
    limiter.hit("register", "account", email_key(json.email))
    return User.model_validate(users.register_user(db.session, settings, data=json)), 201


@blueprint.post("/verify-email")
@api.validate(
    operation_id="verify_email", tags=TAGS, resp=Answers({204: Answer()}, *WITH_JSON_BODY)
)
def verify_email(json: EmailVerification) -> Reply:
    """Verify the address that the token was mailed to."""
    auth.verify_email(db.session, token=json.token)
    return "", 204


@blueprint.post("/password-reset")
@limit_address
@api.validate(
    operation_id="request_password_reset",
    tags=TAGS,
    resp=Answers({202: Answer(description="Accepted")}, *WITH_JSON_BODY, 429),
)
def request_password_reset(json: PasswordResetRequest) -> Reply:
    """Mail a reset token, if there is such an account; the answer does not tell."""
    limiter.hit("password-reset", "account", email_key(json.email))
    auth.request_password_reset(db.session, settings, email=json.email)
    return "", 202


@blueprint.post("/password-reset/confirm")
@api.validate(
    operation_id="confirm_password_reset", tags=TAGS, resp=Answers({204: Answer()}, *WITH_JSON_BODY)
)
def confirm_password_reset(json: PasswordResetConfirm) -> Reply:
    """Set a new password; the account is logged out everywhere."""
    auth.reset_password(db.session, token=json.token, new_password=json.new_password)
    return "", 204
