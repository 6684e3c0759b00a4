"""How a platform wants conversations addressed, for what the coach says unprompted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NAME = "conversation_references"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        _NAME,
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("unreachable_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('personal', 'group', 'channel')", name=op.f(f"ck_{_NAME}_kind")),
        sa.PrimaryKeyConstraint("tenant", "owner", "platform", "conversation", name=op.f(f"pk_{_NAME}")),
    )
    op.create_index(op.f(f"ix_{_NAME}_tenant_platform_updated_at"), _NAME, ["tenant", "platform", "updated_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table(_NAME)
