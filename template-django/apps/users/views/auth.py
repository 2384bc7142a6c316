"""Registration, verification of an e-mail, password reset."""

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.openapi.document import document
from apps.core.views import OpenView
from apps.users.serializers.auth import (
    EmailVerification,
    PasswordResetConfirm,
    PasswordResetRequest,
    UserCreate,
)
from apps.users.serializers.users import User
from apps.users.services import auth, users
from apps.users.views.limits import LimitedView


class RegisterView(LimitedView):
    @document("register", {201: User}, body=UserCreate, problems=(409, 429))
    def post(self, request: Request) -> Response:
        """Create an account; a mail asks to verify the address."""
        data = UserCreate.read(request)
        self.limit_account(data["email"])
        return Response(User(users.register_user(**data)).data, status=201)


class EmailVerificationView(OpenView):
    @document("verify_email", {204: None}, body=EmailVerification)
    def post(self, request: Request) -> Response:
        """Verify the address that the token was mailed to."""
        auth.verify_email(**EmailVerification.read(request))
        return Response(status=204)


class PasswordResetView(LimitedView):
    @document("request_password_reset", {202: None}, body=PasswordResetRequest, problems=(429,))
    def post(self, request: Request) -> Response:
        """Mail a reset token, if there is such an account; the answer does not tell."""
        data = PasswordResetRequest.read(request)
        self.limit_account(data["email"])
        auth.request_password_reset(email=data["email"])
        return Response(status=202)


class PasswordResetConfirmView(OpenView):
    @document("confirm_password_reset", {204: None}, body=PasswordResetConfirm)
    def post(self, request: Request) -> Response:
        """Set a new password; the account is logged out everywhere."""
        auth.reset_password(**PasswordResetConfirm.read(request))
        return Response(status=204)
