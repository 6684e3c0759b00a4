"""What the Teams door has to be told, and its messenger made from that."""

from dataclasses import dataclass, field
from typing import Final

from bot.chat.ports import Now
from bot.teams.connector import Connector, new_session
from bot.teams.credentials import Credentials
from bot.teams.send import TeamsMessenger
from store import Store

OPENID_URL: Final = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN_URL: Final = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsOptions:
    """The Teams settings, and where Microsoft is found. The password never shows in a representation.

    `dialogs` off is for the Agents Playground, in which a button that opens one is dead.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    tenant_id: str = ""
    app_type: str = "SingleTenant"
    unauthenticated: bool = False
    dialogs: bool = True
    openid_url: str = OPENID_URL
    login_url: str = LOGIN_URL

    @property
    def managed_identity(self) -> bool:
        """Whether the machine vouches for the bot, so that there is no password."""
        return self.app_type == "UserAssignedMSI"

    @property
    def many_tenants(self) -> bool:
        """Whether people of any company may talk to this bot."""
        return self.app_type == "MultiTenant"

    def admits(self, tenant: str) -> bool:
        """Whether people of this tenant may talk to this bot; in the emulator they may unless a tenant is set."""
        if self.many_tenants or (self.unauthenticated and not self.tenant_id):
            return bool(tenant)
        return bool(tenant) and tenant.casefold() == self.tenant_id.casefold()


def new_messenger(options: TeamsOptions, store: Store, now: Now) -> TeamsMessenger:
    """Make the messenger for these settings; needs a running loop. The door's `stop` closes its connections."""
    return TeamsMessenger(Connector(Credentials(options), new_session()), store, now, dialogs=options.dialogs)
