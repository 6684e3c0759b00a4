"""Teams with a weekly digest, what is shared and counted for it, and letters to a channel or to two people."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = ["tenant", "owner", "id"]
_COUNTED = {
    "promises": ["tenant", "owner", "settled_on", "state", "due"],
    "concessions": ["tenant", "owner", "at", "side", "paired"],
}
_LETTER = ("conversation", "beside")


def upgrade() -> None:
    """Make the tables, and let a letter say where it goes."""
    for name in _LETTER:
        op.add_column("outbox", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    _index("outbox", ["tenant", "beside"], "beside <> ''")
    for table, columns in _COUNTED.items():
        _index(table, columns)
    _teams()
    _members()
    _shared()
    _withheld()
    _digests()
    _check_ins()
    _payoffs()
    _audit()


def downgrade() -> None:
    """Drop them; letters to a channel or to two people have nowhere to go, and go too."""
    op.execute("DELETE FROM outbox WHERE conversation <> '' OR beside <> ''")
    for name in ("audit", "payoffs", "check_ins", "digests", "withheld", "shared_lines", "team_members", "teams"):
        op.drop_table(name)
    for table, columns in _COUNTED.items():
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    op.drop_index(op.f("ix_outbox_tenant_beside"), "outbox")
    for name in _LETTER:
        op.execute(f"ALTER TABLE outbox DROP COLUMN {name}")


def _index(table: str, columns: list[str], where: str = "") -> None:
    predicate = sa.text(where) if where else None
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, columns, sqlite_where=predicate, postgresql_where=predicate)


def _texts(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _day(name: str) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.Date(), nullable=False)


def _moment(name: str) -> sa.schema.SchemaItem:
    return sa.Column(name, _MOMENT, nullable=False)


def _one_of(table: str, column: str, *kinds: str) -> sa.schema.SchemaItem:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))


def _of_team(name: str) -> sa.schema.SchemaItem:
    """Refer to the team that takes the row along."""
    return sa.ForeignKeyConstraint(
        ["tenant", "team_id"], ["teams.tenant", "teams.id"], name=op.f(f"fk_{name}_teams"), ondelete="CASCADE"
    )


def _of_deal(name: str) -> sa.schema.SchemaItem:
    """Refer to the deal that takes the row along."""
    return sa.ForeignKeyConstraint(
        ["tenant", "owner", "deal_id"],
        ["deals.tenant", "deals.owner", "deals.id"],
        name=op.f(f"fk_{name}_deals"),
        ondelete="CASCADE",
        onupdate="CASCADE",
    )


def _teams() -> None:
    op.create_table(
        "teams",
        *_texts("tenant", "id", "platform", "name", "channel", "channel_name", "zone", "awaited", "problem"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        _day("covered_to"),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_teams")),
    )
    _index("teams", ["next_at", "platform"], "next_at IS NOT NULL")


def _members() -> None:
    op.create_table(
        "team_members",
        *_texts("tenant", "owner", "team_id", "role"),
        _moment("joined_at"),
        _one_of("team_members", "role", "invited", "member", "manager"),
        _of_team("team_members"),
        sa.PrimaryKeyConstraint("tenant", "owner", "team_id", name=op.f("pk_team_members")),
        sqlite_with_rowid=False,
    )
    _index("team_members", ["tenant", "team_id", "role"])


def _shared() -> None:
    op.create_table(
        "shared_lines",
        *_texts(*_KEY, "team_id", "kind", "text", "helper"),
        _day("said_on"),
        _moment("at"),
        _one_of("shared_lines", "kind", "win", "help", "line"),
        _of_team("shared_lines"),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_shared_lines")),
    )
    _index("shared_lines", ["tenant", "team_id", "said_on", "id"])


def _withheld() -> None:
    op.create_table(
        "withheld",
        *_texts("tenant", "owner", "team_id", "what"),
        _day("starts"),
        _one_of("withheld", "what", "promises", "checkins", "trades", "payoffs"),
        _of_team("withheld"),
        sa.PrimaryKeyConstraint("tenant", "owner", "team_id", "starts", "what", name=op.f("pk_withheld")),
        sqlite_with_rowid=False,
    )


def _digests() -> None:
    op.create_table(
        "digests",
        *_texts("tenant", "team_id", "counts", "practice"),
        _day("starts"),
        _day("ends"),
        _moment("at"),
        _of_team("digests"),
        sa.PrimaryKeyConstraint("tenant", "team_id", "starts", name=op.f("pk_digests")),
        sqlite_with_rowid=False,
    )


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        *_texts("tenant", "owner", "deal_id", "outcome"),
        _day("on_day"),
        _one_of("check_ins", "outcome", "done", "snoozed", "skipped"),
        _of_deal("check_ins"),
        sa.PrimaryKeyConstraint("tenant", "owner", "on_day", "deal_id", "outcome", name=op.f("pk_check_ins")),
        sqlite_with_rowid=False,
    )


def _payoffs() -> None:
    op.create_table(
        "payoffs",
        *_texts(*_KEY, "deal_id", "kind", "to_name"),
        _day("on_day"),
        _one_of("payoffs", "kind", "renewal", "expansion", "referral"),
        _of_deal("payoffs"),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_payoffs")),
    )
    _index("payoffs", ["tenant", "owner", "on_day", "kind"])
    _index("payoffs", ["tenant", "owner", "deal_id", "on_day"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("tenant", "actor", "rule", "team_id", "about"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    _index("audit", ["tenant", "at"])
    _index("audit", ["tenant", "actor"])
