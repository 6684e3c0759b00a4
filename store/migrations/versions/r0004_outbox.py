"""What the coach says unasked, until it is said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = "outbox"
_MOMENT = sa.DateTime(timezone=True)
_PENDING = sa.text("status = 'pending'")
_TAKEN = sa.text("status = 'pending' AND token <> ''")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        _NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("send_started_at", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'sent', 'dead')", name=op.f("ck_outbox_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("tenant", "owner", "key", name=op.f("uq_outbox_tenant_owner_key")),
        sqlite_autoincrement=True,
    )
    for columns, predicate in ((["next_at"], _PENDING), (["tenant", "owner"], _TAKEN)):
        name = op.f(f"ix_{_NAME}_{'_'.join(columns)}")
        op.create_index(name, _NAME, columns, sqlite_where=predicate, postgresql_where=predicate)


def downgrade() -> None:
    """Drop it."""
    op.drop_table(_NAME)
