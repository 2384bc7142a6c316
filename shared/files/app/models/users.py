"""Users."""

from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.base import Base, Timestamped

EMAIL_LENGTH = 320


class User(Timestamped, Base):
    """An account; `email_key` is the e-mail case-folded, so that it is taken once."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(text_type(EMAIL_LENGTH))
    email_key: Mapped[str] = mapped_column(text_type(EMAIL_LENGTH), unique=True)
    full_name: Mapped[str | None] = mapped_column(text_type(200))
    password_hash: Mapped[str] = mapped_column(text_type(255))
    email_verified: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_superuser: Mapped[bool] = mapped_column(default=False)
