"""What has expired is deleted, and what has not is kept."""

from datetime import timedelta

from flask import Flask
from httpx2 import Client
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import db
from app.models import EmailToken, Export, User
from app.models.base import utc_now
from app.services.housekeeping import EXPORT_PATIENCE, purge_expired


def add_rows(session: Session) -> None:
    now = utc_now()
    user = User(email="a@example.com", email_key="a@example.com", password_hash="x")
    session.add(user)
    session.flush()
    for name, age in (("old", -1), ("new", 1)):
        session.add(
            EmailToken(
                user_id=user.id,
                purpose="verify-email",
                email=user.email,
                digest=name,
                expires_at=now + timedelta(days=age),
            )
        )
    session.add(Export(owner_id=user.id, created_at=now - EXPORT_PATIENCE))
    session.add(Export(owner_id=user.id))


def test_purge(client: Client, app: Flask) -> None:
    with app.app_context():
        with db.transaction() as session:
            add_rows(session)
        with db.transaction() as session:
            purge_expired(session)
        with db.reading() as session:
            digests = session.scalars(select(EmailToken.digest)).all()
            statuses = session.scalars(select(Export.status).order_by(Export.created_at)).all()
    assert (digests, statuses) == (["new"], ["failed", "pending"])
