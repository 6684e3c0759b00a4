"""Plans for a negotiation, and the log of who gave what."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _plans()
    _concessions()


def downgrade() -> None:
    """Drop them."""
    for name in ("concessions", "plans"):
        op.drop_table(name)


def _of_a_deal(name: str) -> list[sa.schema.SchemaItem]:
    """Give what both begin with: whose they are, and the deal that takes them along."""
    return [
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "owner", "deal_id"],
            ["deals.tenant", "deals.owner", "deals.id"],
            name=op.f(f"fk_{name}_deals"),
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "owner", "id", name=op.f(f"pk_{name}")),
    ]


def _plans() -> None:
    op.create_table(
        "plans",
        *_of_a_deal("plans"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("tenant", "owner", "deal_id", name=op.f("uq_plans_tenant_owner_deal_id")),
    )
    op.create_index(op.f("ix_plans_tenant_owner_touched_at"), "plans", ["tenant", "owner", "touched_at"])


def _concessions() -> None:
    texts = ("side", "what", "unit", "condition", "words", "ours", "theirs", "entry", "paired")
    op.create_table(
        "concessions",
        *_of_a_deal("concessions"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("at_most", "ours_known", "theirs_known")),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint("side IN ('give', 'get')", name=op.f("ck_concessions_side")),
        sa.CheckConstraint("ours IN ('', 'low', 'medium', 'high')", name=op.f("ck_concessions_ours")),
        sa.CheckConstraint("theirs IN ('', 'low', 'medium', 'high')", name=op.f("ck_concessions_theirs")),
    )
    op.create_index(
        op.f("ix_concessions_tenant_owner_deal_id_at_number"),
        "concessions",
        ["tenant", "owner", "deal_id", "at", "number"],
    )
