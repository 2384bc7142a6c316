"""The caller's account, and accounts for superusers."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.openapi.document import document
from apps.core.serializers import PageQuery, page_of
from apps.core.views import APIView
from apps.users.authentication import caller
from apps.users.permissions import IsSuperuser
from apps.users.serializers.users import (
    User,
    UserAdminUpdate,
    UserPage,
    UserUpdate,
)
from apps.users.services import users


class MeView(APIView):
    @document("get_me", {200: User}, problems=(401,))
    def get(self, request: Request) -> Response:
        """Show the caller's account."""
        return Response(User(caller(request)).data)

    @document("update_me", {200: User}, body=UserUpdate, problems=(401, 409))
    def patch(self, request: Request) -> Response:
        """Change the name or the e-mail; another e-mail has to be verified again."""
        changes = UserUpdate.read(request)
        return Response(User(users.update_user(user=caller(request), changes=changes)).data)

    @document("delete_me", {204: None}, problems=(401,))
    def delete(self, request: Request) -> Response:
        """Delete the account and everything in it."""
        users.delete_user(user=caller(request))
        return Response(status=204)


class UserListView(APIView):
    permission_classes = (IsSuperuser,)

    @document("list_users", {200: UserPage}, parameters=[PageQuery], problems=(401, 403, 422))
    def get(self, request: Request) -> Response:
        """List accounts, newest first."""
        rows, next_cursor = users.list_users(**PageQuery.read(request))
        return Response(page_of(User, rows, next_cursor))


class UserView(APIView):
    permission_classes = (IsSuperuser,)

    @document("update_user", {200: User}, body=UserAdminUpdate, problems=(401, 403, 404))
    def patch(self, request: Request, id: UUID) -> Response:
        """Activate or deactivate an account, or make it a superuser."""
        changes = UserAdminUpdate.read(request)
        return Response(User(users.administer_user(user_id=id, changes=changes)).data)
