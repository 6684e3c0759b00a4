"""The first tables: people, deals, preparations, tips, conversations, places, and what doors need."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
# Compared by code point whatever the database's locale.
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _people()
    _deals()
    _deal_words()
    _preps()
    _prep_ticks()
    _tips()
    _conversations()
    _places()
    _transcript()
    _receipts()
    _installations()
    _oauth_states()


def downgrade() -> None:
    """Drop them, the ones that refer to others first."""
    for name in (
        "oauth_states",
        "installations",
        "receipts",
        "transcript",
        "places",
        "conversations",
        "tips",
        "prep_ticks",
        "preps",
        "deal_words",
        "deals",
        "people",
    ):
        op.drop_table(name)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("chose_zone", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("met_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_tenant_email"), "people", ["tenant", "email"])


def _deals() -> None:
    op.create_table(
        "deals",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("name_key", _KEY, nullable=False),
        sa.Column("client_key", _KEY, nullable=False),
        sa.Column("import_key", sa.Text(), nullable=True),
        sa.Column("import_digest", sa.Text(), nullable=True),
        sa.CheckConstraint("stage IN ('open', 'won', 'lost')", name=op.f("ck_deals_stage")),
        sa.PrimaryKeyConstraint("tenant", "owner", "id", name=op.f("pk_deals")),
        sa.UniqueConstraint("tenant", "owner", "import_key", name=op.f("uq_deals_tenant_owner_import_key")),
    )
    op.create_index(
        op.f("ix_deals_tenant_owner_stage_closes_on_name_key_id"),
        "deals",
        ["tenant", "owner", "stage", "closes_on", "name_key", "id"],
    )


def _deal_words() -> None:
    op.create_table(
        "deal_words",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("word", _KEY, nullable=False),
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "owner", "deal_id"],
            ["deals.tenant", "deals.owner", "deals.id"],
            name=op.f("fk_deal_words_deals"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "owner", "word", "deal_id", name=op.f("pk_deal_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_deal_words_deal_id_owner_tenant"), "deal_words", ["deal_id", "owner", "tenant"])


def _preps() -> None:
    op.create_table(
        "preps",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("ideal", sa.Text(), nullable=False),
        sa.Column("realistic", sa.Text(), nullable=False),
        sa.Column("walk_away", sa.Text(), nullable=False),
        sa.Column("give", sa.Text(), nullable=False),
        sa.Column("get", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("depth", sa.Text(), nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.CheckConstraint("certainty IN ('said', 'guess', 'unknown')", name=op.f("ck_preps_certainty")),
        sa.CheckConstraint("depth IN ('quick', 'full')", name=op.f("ck_preps_depth")),
        sa.ForeignKeyConstraint(
            ["tenant", "owner", "deal_id"],
            ["deals.tenant", "deals.owner", "deals.id"],
            name=op.f("fk_preps_deals"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "owner", "id", name=op.f("pk_preps")),
        sa.UniqueConstraint("tenant", "owner", "deal_id", name=op.f("uq_preps_tenant_owner_deal_id")),
    )
    op.create_index(op.f("ix_preps_tenant_owner_touched_at"), "preps", ["tenant", "owner", "touched_at"])


def _prep_ticks() -> None:
    op.create_table(
        "prep_ticks",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("prep_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "owner", "prep_id"],
            ["preps.tenant", "preps.owner", "preps.id"],
            name=op.f("fk_prep_ticks_preps"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "owner", "prep_id", "item", name=op.f("pk_prep_ticks")),
        sqlite_with_rowid=False,
    )


def _tips() -> None:
    op.create_table(
        "tips",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("practice", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", "practice", name=op.f("pk_tips")),
        sqlite_with_rowid=False,
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", "platform", "conversation", name=op.f("pk_conversations")),
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("put_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "owner", "platform", "conversation", "subject", name=op.f("pk_places")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_places_tenant_owner_subject"), "places", ["tenant", "owner", "subject"])


def _transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("only_for", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_transcript_tenant_at"), "transcript", ["tenant", "at"])
    op.create_index(op.f("ix_transcript_tenant_conversation_id"), "transcript", ["tenant", "conversation", "id"])


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "receipt", name=op.f("pk_receipts")),
        sqlite_with_rowid=False,
    )


def _installations() -> None:
    op.create_table(
        "installations",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("app_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_name", sa.Text(), nullable=False),
        sa.Column("bot_token", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("bot_user_id", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installed_by", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=True),
        sa.Column("installed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_installations")),
    )


def _oauth_states() -> None:
    op.create_table(
        "oauth_states",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_oauth_states")),
        sqlite_with_rowid=False,
    )
