"""Who can be tried out on the page, and where they talk."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.address import Address
from bot.chat.cards import Option

TENANT = "try"
CHANNEL = "deals"
COACH = "coach"
COACH_NAME = "The coach"
_DIRECT = "dm-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person to be. `zone` is an IANA name, `city` how people there call it."""

    id: str
    name: str
    role: str
    email: str
    zone: str
    city: str

    @property
    def first_name(self) -> str:
        """How colleagues call them."""
        return self.name.partition(" ")[0]

    @property
    def initials(self) -> str:
        """What stands in the round picture."""
        return "".join(part[0] for part in self.name.split())

    @property
    def direct(self) -> Address:
        """Their direct messages with the coach."""
        return Address("web", TENANT, f"{_DIRECT}{self.id}", self.id)

    @property
    def channel(self) -> Address:
        """This person in the channel that everyone reads."""
        return Address("web", TENANT, CHANNEL, self.id)


_INES = Someone(
    id="ines", name="Ines Duarte", role="Sales rep", email="ines@example.com", zone="Europe/Lisbon", city="Lisbon"
)
_TOM = Someone(
    id="tom", name="Tom Becker", role="Sales rep", email="tom@example.com", zone="Europe/Berlin", city="Berlin"
)
_MAYA = Someone(
    id="maya",
    name="Maya Lindqvist",
    role="Manager",
    email="maya@example.com",
    zone="Europe/Stockholm",
    city="Stockholm",
)
PEOPLE: Mapping[str, Someone] = {one.id: one for one in (_INES, _TOM, _MAYA)}
PLACES = (Option(CHANNEL, f"#{CHANNEL}"),)
"""The channels to share in."""


def is_direct(address: Address) -> bool:
    """Say whether nobody but this person and the coach reads the conversation."""
    return address.conversation.startswith(_DIRECT)


HINTS: Mapping[str, tuple[str, ...]] = {
    "dm": ("/negotiate prep acme", "tip", "deals", "what can you do?"),
    CHANNEL: ("/negotiate prep acme", "@coach tip", "Who is meeting Acme this week?"),
}
"""What to type first, by room."""
