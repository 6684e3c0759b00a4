"""Where something happened in Teams, and how it can be answered."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.chat.address import Address
from bot.chat.cards import Form
from bot.chat.events import Event
from bot.teams.files import Consent
from store import Reference
from store.references import ConversationKind

# A message is answered by messages, a press in place, a dialog's opening and sending by the next dialog or none.
# Who points at somebody's message waits in front of a dialog too, in which nothing can be pressed.
Way: TypeAlias = Literal["message", "press", "fetch", "submit", "quote"]


class GarbledError(ValueError):
    """Teams would not have sent this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The place of one happening.

    `message` is the card that it came from, in the end: for a form, the one it was opened from. `sheet` is the
    message in which a form itself stands, where it is no dialog. `thread` is the post a channel's thread began with.
    """

    tenant: str
    user: str
    conversation: str
    kind: ConversationKind
    service_url: str
    bot: str
    way: Way = "message"
    message: str = ""
    sheet: str = ""
    thread: str = ""
    name: str = ""
    zone: str = ""

    @property
    def address(self) -> Address:
        """Whose talk this is."""
        return Address("teams", self.tenant, self.conversation, self.user)

    @property
    def alone(self) -> bool:
        """Whether nobody but this person and the coach reads the conversation."""
        return self.kind == "personal"

    @property
    def reference(self) -> Reference:
        """How to reach this person in this conversation later."""
        return Reference(
            address=self.address, kind=self.kind, service_url=self.service_url, bot=self.bot, name=self.name
        )


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and where it came from.

    `form` is the form that was sent, as it was carried along; `also` happened just before.
    """

    event: Event
    origin: Origin
    form: Form | None = None
    also: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Consented:
    """Somebody said whether they want a file; `again` asks for it once more."""

    again: Happened
    consent: Consent


@dataclass(frozen=True, slots=True)
class Left:
    """The coach was taken out of a conversation."""

    origin: Origin


Received: TypeAlias = Happened | Consented | Left
KINDS: Final[dict[str, ConversationKind]] = {"personal": "personal", "groupChat": "group", "channel": "channel"}
