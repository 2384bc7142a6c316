"""Exports of the caller's todos."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from app.authentication import CurrentUser
from app.dependencies import AppDatabase, Session
from app.openapi import JSONRoute, header, problems
from app.schemas.exports import Export
from app.services import exports
from app.tasks.exports import build_export

router = APIRouter(prefix="/api/v1/todos/exports", tags=["exports"], route_class=JSONRoute)


@router.post(
    "",
    status_code=202,
    operation_id="create_export",
    responses={202: {"headers": header("Location", "Where the export is")}, **problems(401)},
)
async def create_export(user: CurrentUser, session: Session, response: Response) -> Export:
    """Begin an export of all todos as CSV."""
    export = await exports.create_export(session, owner_id=user.id)
    build_export(session, export.id)
    response.headers["Location"] = f"{router.prefix}/{export.id}"
    return Export.model_validate(export)


@router.get("/{id:uuid}", operation_id="get_export", responses=problems(401, 404))
async def get_export(id: UUID, user: CurrentUser, session: Session) -> Export:
    """Show how far an export is."""
    return Export.model_validate(await exports.get_export(session, owner_id=user.id, export_id=id))


@router.get(
    "/{id:uuid}/download",
    operation_id="download_export",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        **problems(401, 404, 409),
    },
)
async def download_export(
    id: UUID, user: CurrentUser, session: Session, database: AppDatabase
) -> StreamingResponse:
    """Download a finished export (RFC 4180)."""
    export = await exports.get_done_export(session, owner_id=user.id, export_id=id)
    return StreamingResponse(
        exports.read_export(database, export_id=export.id),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="todos-{export.id}.csv"'},
    )
