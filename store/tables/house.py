"""What belongs to nobody: what was done already, and who installed the coach."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from store.columns import Words
from store.rows import SMALL, Row, table_of


class ReceiptRow(Row, table=True):
    """A happening whose effects are already here. The key refuses the second one."""

    __tablename__: ClassVar[Any] = "receipts"
    __table_args__ = SMALL
    tenant: str = Field(primary_key=True, sa_type=Words)
    receipt: str = Field(primary_key=True, sa_type=Words)
    at: datetime  # without an index: read once a day, written with every click


class InstallationRow(Row, table=True):
    """A company that installed the coach. Both tokens are encrypted."""

    __tablename__: ClassVar[Any] = "installations"
    tenant: str = Field(primary_key=True, sa_type=Words)
    app_id: str = Field(sa_type=Words)
    enterprise_id: str = Field(sa_type=Words)
    team_name: str = Field(sa_type=Words)
    bot_token: str = Field(sa_type=Words)
    bot_id: str = Field(sa_type=Words)
    bot_user_id: str = Field(sa_type=Words)
    scopes: str = Field(sa_type=Words)
    installed_by: str = Field(sa_type=Words)
    refresh_token: str = Field(sa_type=Words)
    expires_at: datetime | None
    installed_at: datetime


class OauthStateRow(Row, table=True):
    """An installation under way; the state is good for one return."""

    __tablename__: ClassVar[Any] = "oauth_states"
    __table_args__ = SMALL
    state: str = Field(primary_key=True, sa_type=Words)
    expires_at: datetime


RECEIPTS = table_of(ReceiptRow)
INSTALLATIONS = table_of(InstallationRow)
OAUTH_STATES = table_of(OauthStateRow)
