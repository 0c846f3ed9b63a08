"""The schema's version: read it, make a new one, bring an old one up to date. Alembic loads only when there is work."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from famdesk.data.migrations import HEAD as HEAD
from famdesk.domain.errors import Unavailable
from famdesk.i18n import N_


class TooNew(Unavailable):
    message = N_("These data were saved by a newer FamDesk (schema {found}). Update the program on this computer.")


def version(engine: Engine) -> str | None:
    """The schema's version, None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def is_current(engine: Engine) -> bool:
    """Whether nothing has to be migrated.

    Raises:
        TooNew: the data come from a later version of the program.
    """
    found = version(engine)
    if found is not None and found > HEAD:
        raise TooNew(found=found)
    return found == HEAD


def migrate(connection: Connection) -> None:
    """Brings the schema to `HEAD` in the connection's transaction: all or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


class TooOld(Unavailable):
    message = N_("The data on the server need an update first. The administrator runs it once for all desks.")
