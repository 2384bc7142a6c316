"""Exports of the caller's todos."""

from uuid import UUID

from flask import Blueprint, Response, stream_with_context, url_for

from app.auth import current_user, require_auth
from app.extensions import db
from app.openapi import CREDENTIALS, Answer, Answers, Reply, api, header
from app.schemas.exports import Export
from app.services import exports
from app.tasks.exports import build_export

CSV = "text/csv"
TAGS = ["exports"]

blueprint = Blueprint("exports", __name__, url_prefix="/api/v1/todos/exports")


@blueprint.post("")
@require_auth
@api.validate(
    operation_id="create_export",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({202: Answer(Export, headers=header("Location", "Where the export is"))}, 401),
)
def create_export() -> Reply:
    """Begin an export of all todos as CSV."""
    export = exports.create_export(db.session, owner_id=current_user().id)
    build_export(db.session, export.id)
    location = url_for("exports.get_export", id=export.id)
    return Export.model_validate(export), 202, {"Location": location}


@blueprint.get("/<uuid:id>")
@require_auth
@api.validate(
    operation_id="get_export",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(Export)}, 401, 404),
)
def get_export(id: UUID) -> Export:
    """Show how far an export is."""
    export = exports.get_export(db.session, owner_id=current_user().id, export_id=id)
    return Export.model_validate(export)


@blueprint.get("/<uuid:id>/download")
@require_auth
@api.validate(
    operation_id="download_export",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(media_type=CSV)}, 401, 404, 409),
)
def download_export(id: UUID) -> Response:
    """Download a finished export (RFC 4180)."""
    export = exports.get_done_export(db.session, owner_id=current_user().id, export_id=id)
    return Response(
        stream_with_context(exports.read_export(db, export_id=export.id)),
        content_type=f"{CSV}; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="todos-{export.id}.csv"'},
    )
