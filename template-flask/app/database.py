"""Engine and sessions: Flask-SQLAlchemy-Lite, with reads in autocommit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import CursorResult, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase


def count_updated(session: Session, statement: UpdateBase) -> int:
    """Run an UPDATE or DELETE past the identity map and return how many rows it met."""
    options = {"synchronize_session": False}
    result = session.execute(statement, execution_options=options)
    return cast(CursorResult[Any], result).rowcount


class Database(SQLAlchemy):
    """The app's engine and its two kinds of session; all of it needs an app context.

    Reads run in autocommit: each statement sees the latest committed rows, as under READ
    COMMITTED, without the round trips of BEGIN and COMMIT.
    """

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session of its own; commit when the block ends, roll back when it raises."""
        with self.sessionmaker.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session of its own that is only read from."""
        with self.sessionmaker() as session:
            self.read_only(session)
            yield session

    def read_only(self, session: Session) -> None:
        """Have the session read in autocommit; it must not have run anything yet."""
        session.bind = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def ping(self) -> None:
        """Answer if the database does.

        Raises:
            sqlalchemy.exc.SQLAlchemyError, OSError: it does not.
        """
        with self.reading() as session:
            session.execute(text("SELECT 1"))
