"""Promises, warm relationships, recoveries, hand-overs, and when there is next something to say."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = ["tenant", "owner", "id"]
_LISTED = ["tenant", "owner", "stage", "closes_on", "name_key", "id"]


def upgrade() -> None:
    """Make the tables, and let a deal be handed over."""
    op.add_column("deals", sa.Column("handed_at", _MOMENT, nullable=True))
    op.drop_index(op.f(f"ix_deals_{'_'.join(_LISTED)}"), "deals")
    _index("deals", [*_LISTED, "handed_at"])
    _promises()
    _warmth()
    _recoveries()
    _handovers()
    _agendas()


def downgrade() -> None:
    """Drop them; a deal that was handed over is its former owner's again, and its new owner's too."""
    for name in ("agendas", "handovers", "recoveries", "warmth", "promises"):
        op.drop_table(name)
    op.drop_index(op.f(f"ix_deals_{'_'.join(_LISTED)}_handed_at"), "deals")
    op.execute("ALTER TABLE deals DROP COLUMN handed_at")
    _index("deals", _LISTED)


def _index(table: str, columns: list[str], where: str = "", *, unique: bool = False) -> None:
    predicate = sa.text(where) if where else None
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, columns, unique=unique, sqlite_where=predicate, postgresql_where=predicate)


def _texts(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _days(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def _deal(name: str) -> sa.schema.SchemaItem:
    """Refer to the deal that takes the row along."""
    return sa.ForeignKeyConstraint(
        ["tenant", "owner", "deal_id"],
        ["deals.tenant", "deals.owner", "deals.id"],
        name=op.f(f"fk_{name}_deals"),
        ondelete="CASCADE",
        onupdate="CASCADE",
    )


def _promises() -> None:
    states = "state IN ('open', 'kept', 'renegotiated', 'dropped')"
    op.create_table(
        "promises",
        *_texts(*_KEY, "deal_id", "what", "state", "concession", "instead_of", "noticed"),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_days("settled_on"),
        sa.CheckConstraint(states, name=op.f("ck_promises_state")),
        sa.CheckConstraint("noticed IN ('', 'before', 'today', 'after')", name=op.f("ck_promises_noticed")),
        _deal("promises"),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_promises")),
    )
    _index("promises", ["tenant", "owner", "deal_id", "due", "id"])
    _index("promises", ["tenant", "owner", "due", "id"], "state = 'open'")


def _warmth() -> None:
    rhythms = "rhythm IN ('standard', 'closer', 'lighter', 'custom', 'none')"
    op.create_table(
        "warmth",
        *_texts("tenant", "owner", "deal_id", "rhythm"),
        sa.Column("won_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("days", "done", "snoozes")),
        *_days("touched_on", "skipped_on", "put_off_to", "shown_on", "follow_up_on"),
        sa.CheckConstraint(rhythms, name=op.f("ck_warmth_rhythm")),
        _deal("warmth"),
        sa.PrimaryKeyConstraint("tenant", "owner", "deal_id", name=op.f("pk_warmth")),
        sqlite_with_rowid=False,
    )


def _recoveries() -> None:
    op.create_table(
        "recoveries",
        *_texts(*_KEY, "deal_id", "happened", "means", "fix"),
        *_days("by"),
        sa.Column("at", _MOMENT, nullable=False),
        _deal("recoveries"),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_recoveries")),
    )
    _index("recoveries", ["tenant", "owner", "deal_id", "at", "id"])


def _handovers() -> None:
    states = "state IN ('offered', 'accepted', 'declined', 'withdrawn')"
    op.create_table(
        "handovers",
        *_texts(*_KEY, "deal_id", "receiver", "state"),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.CheckConstraint(states, name=op.f("ck_handovers_state")),
        _deal("handovers"),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_handovers")),
    )
    _index("handovers", ["tenant", "owner", "deal_id"], "state = 'offered'", unique=True)
    _index("handovers", ["tenant", "receiver", "at"])


def _agendas() -> None:
    op.create_table(
        "agendas",
        *_texts("tenant", "owner", "platform"),
        sa.Column("next_at", _MOMENT, nullable=True),
        *_days("last_day", "pause_since", "pause_until"),
        sa.Column("back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", name=op.f("pk_agendas")),
        sqlite_with_rowid=False,
    )
    _index("agendas", ["next_at"], "next_at IS NOT NULL")
