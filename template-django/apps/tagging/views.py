"""Tags."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from apps.core.errors import NotFound
from apps.core.openapi.document import document
from apps.core.pagination import Order, Pager
from apps.core.serializers import PageQuery, page_of
from apps.core.views import APIView
from apps.tagging import services
from apps.tagging.serializers import TagPage, TagSerializer, TagUpdate
from apps.users.authentication import caller

BY_NAME = Order(column="name", parse=str, tie="name", parse_tie=str)


class TagViewSet(ViewSetMixin, APIView):
    lookup_field = "name"

    @document("list_tags", {200: TagPage}, parameters=[PageQuery], problems=(401, 422))
    def list(self, request: Request) -> Response:
        """List the caller's tags by name."""
        owner_id = caller(request).id
        pager = Pager(scope=f"tags {owner_id}", order=BY_NAME)
        rows, cursor = pager.page(
            services.select_tags(owner_id=owner_id), **PageQuery.read(request)
        )
        return Response(page_of(TagSerializer, rows, cursor))

    @document("rename_tag", {200: TagSerializer}, body=TagUpdate, problems=(401, 404, 409))
    def partial_update(self, request: Request, name: str) -> Response:
        """Rename a tag on every todo that has it."""
        changes = TagUpdate.read(request)
        tag = services.rename_tag(
            owner_id=caller(request).id, name=_storable(name), new_name=changes["name"]
        )
        return Response(TagSerializer(tag).data)

    @document("delete_tag", {204: None}, problems=(401, 404))
    def destroy(self, request: Request, name: str) -> Response:
        """Delete a tag and take it off every todo."""
        services.delete_tag(owner_id=caller(request).id, name=_storable(name))
        return Response(status=204)


def _storable(name: str) -> str:
    """Return the name as it may stand in the database.

    Raises:
        NotFound: no tag can have this name.
    """
    if "\0" in name or name != name.strip():
        raise NotFound("There is no such tag")
    return name
