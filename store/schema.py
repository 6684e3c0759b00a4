"""Whether the tables are the ones this version knows, and bringing them there."""

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from bot.errors import SettingsError

# The newest revision in `migrations/versions`, named here so that serving needs no migration library.
HEAD = "0007"
_VERSION = select(column("version_num", String)).select_from(table("alembic_version"))
_MIGRATE = "run `python app.py migrate`."


def misfit(connection: Connection) -> str:
    """Say in one sentence what is wrong with the tables; empty where nothing is."""
    if not inspect(connection).has_table("alembic_version"):
        return f"The database has no tables yet: {_MIGRATE}"
    found = connection.execute(_VERSION).scalar()
    return "" if found == HEAD else f"The database is at version {found}, this coach needs {HEAD}: {_MIGRATE}"


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest version, inside the connection's transaction.

    Raises `SettingsError` for tables of a version that this one doesn't know.
    """
    from alembic import command  # noqa: PLC0415  a quarter of a second and 12 MB that only a migration needs
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = "DATABASE_URL leads to a database that a newer coach has migrated: run that one, or restore a backup."
        raise SettingsError(message) from error
