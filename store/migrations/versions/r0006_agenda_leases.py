"""Whose agenda is being worked off, apart from the agendas themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AWAITED = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    """Make the table, and let the index say all that the clock asks."""
    op.create_table(
        "agenda_leases",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", name=op.f("pk_agenda_leases")),
        sqlite_with_rowid=False,
    )
    _index_instead("agendas", ["next_at"], ["next_at", "platform"])


def downgrade() -> None:
    """Drop it; who is being written to is due again."""
    _index_instead("agendas", ["next_at", "platform"], ["next_at"])
    op.drop_table("agenda_leases")


def _index_instead(table: str, old: list[str], new: list[str]) -> None:
    op.drop_index(op.f(f"ix_{table}_{'_'.join(old)}"), table)
    name = op.f(f"ix_{table}_{'_'.join(new)}")
    op.create_index(name, table, new, sqlite_where=_AWAITED, postgresql_where=_AWAITED)
