import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.types import TypeEngine

from store import Store, schema
from store.columns import Key
from store.engine import Database
from store.store import database_at
from store.tables import METADATA

FIRST_TABLES = (
    *("people", "deals", "deal_words", "preps", "prep_ticks", "tips", "conversations", "places", "transcript"),
    *("receipts", "installations", "oauth_states", "sqlite_sequence", "alembic_version"),
)
A_DEAL = """
    INSERT INTO deals (tenant, owner, id, name, client, currency, stage, closes_on, notes, name_key, client_key)
    VALUES ('T1', 'U1', 'D1', 'Acme', 'Acme', '', 'won', '9999-12-31', '', 'acme', 'acme')
"""


@pytest.fixture
async def bare(bare_url: str) -> AsyncIterator[Database]:
    """Stand on a database without tables."""
    database = database_at(bare_url)
    yield database
    await database.close()


def _differs(
    context: MigrationContext, _: object, __: object, found: TypeEngine[str], known: TypeEngine[str]
) -> bool | None:
    """Look into the one type that alembic does not see through; None leaves the others to it."""
    if isinstance(known, Key):
        return getattr(found, "collation", None) != ("C" if context.dialect.name == "postgresql" else None)
    return None


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": _differs, "compare_server_default": True})
    return list(compare_metadata(context, METADATA))


def _checks(connection: Connection) -> dict[str, set[str | None]]:
    inspector = inspect(connection)
    return {
        table.name: {check["name"] for check in inspector.get_check_constraints(table.name)}
        for table in METADATA.sorted_tables
    }


async def test_migrated_tables_are_the_ones_the_code_knows(bare: Database) -> None:
    await bare.reshape(schema.upgrade)
    assert await bare.read(_differences) == []
    assert await bare.read(schema.misfit) == ""


async def test_migrated_tables_carry_the_same_checks_as_the_ones_the_code_knows(bare: Database) -> None:
    await bare.reshape(schema.upgrade)
    migrated = await bare.read(_checks)
    await bare.write(METADATA.drop_all)
    await bare.write(METADATA.create_all)
    assert await bare.read(_checks) == migrated
    assert migrated["deals"] == {"ck_deals_stage"}
    assert migrated["concessions"] == {f"ck_concessions_{column}" for column in ("side", "ours", "theirs")}
    assert migrated["outbox"] == {"ck_outbox_status"}
    assert migrated["promises"] == {"ck_promises_state", "ck_promises_noticed"}
    assert migrated["warmth"] == {"ck_warmth_rhythm"}
    assert migrated["handovers"] == {"ck_handovers_state"}
    assert migrated["conversation_references"] == {"ck_conversation_references_kind"}


def test_the_newest_step_is_the_one_the_code_names() -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == schema.HEAD


async def test_a_step_leaves_what_is_stored(bare: Database) -> None:
    def first_step(connection: Connection) -> None:
        command.upgrade(_config(connection), "0001")
        connection.execute(text("INSERT INTO tips VALUES ('T1', 'U1', 'balance.trade', 3, '2026-03-02 09:00:00+00')"))

    await bare.reshape(first_step)
    assert "is at version 0001" in await bare.read(schema.misfit)
    await bare.reshape(schema.upgrade)
    assert await bare.read(lambda connection: connection.execute(text("SELECT times FROM tips")).scalar()) == 3


async def test_a_step_can_be_taken_back(bare: Database) -> None:
    await bare.reshape(schema.upgrade)
    await bare.reshape(lambda connection: command.downgrade(_config(connection), "0001"))
    left = await bare.read(lambda connection: inspect(connection).get_table_names())
    assert set(left) <= set(FIRST_TABLES)
    await bare.reshape(schema.upgrade)
    assert await bare.read(_differences) == []


async def test_a_deal_lives_through_the_steps_of_handing_over_and_back(bare: Database) -> None:
    def to(revision: str) -> Callable[[Connection], None]:
        return lambda connection: (command.upgrade if revision == "head" else command.downgrade)(
            _config(connection), revision
        )

    def stages(connection: Connection) -> list[str]:
        return list(connection.execute(text("SELECT stage FROM deals")).scalars())

    await bare.reshape(lambda connection: command.upgrade(_config(connection), "0004"))
    await bare.write(lambda connection: connection.execute(text(A_DEAL)))
    for revision in ("head", "0004", "head"):
        await bare.reshape(to(revision))
        assert await bare.read(stages) == ["won"]
    assert await bare.read(_differences) == []


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    return config


async def test_a_database_without_tables_is_not_ready_and_says_what_to_do(bare_url: str) -> None:
    store = Store.open(bare_url)
    assert await store.ready() == "The database has no tables yet: run `python app.py migrate`."
    await store.migrate()
    assert await store.ready() == ""
    await store.close()


async def test_a_database_of_another_version_is_not_ready(bare: Database) -> None:
    await bare.reshape(schema.upgrade)
    await bare.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '0000'")))
    assert "is at version 0000" in await bare.read(schema.misfit)


async def test_migrating_twice_at_once_is_the_same_as_once(bare_url: str) -> None:
    replicas = [Store.open(bare_url), Store.open(bare_url)]
    await asyncio.gather(*(replica.migrate() for replica in replicas))
    assert [await replica.ready() for replica in replicas] == ["", ""]
    for replica in replicas:
        await replica.close()
