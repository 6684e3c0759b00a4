"""Who can be tried out on the page, and where they talk."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.chat.address import Address
from bot.chat.cards import Option

TENANT = "try"
CHANNEL, REPS_CHANNEL = "deals", "reps"
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
        return self.in_channel(CHANNEL)

    def in_channel(self, channel: str) -> Address:
        """This person in one of the channels."""
        return Address("web", TENANT, channel, self.id)


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
_AMARA = Someone(
    id="amara", name="Amara Nwosu", role="Sales rep", email="amara@example.com", zone="America/Chicago", city="Chicago"
)
_OMAR = Someone(
    id="omar", name="Omar Haddad", role="Sales rep", email="omar@example.com", zone="Europe/Paris", city="Paris"
)
_PRIYA = Someone(
    id="priya", name="Priya Raman", role="Sales rep", email="priya@example.com", zone="America/Toronto", city="Toronto"
)
PEOPLE: Mapping[str, Someone] = {one.id: one for one in (_INES, _TOM, _AMARA, _OMAR, _PRIYA, _MAYA)}
CHANNELS: Mapping[str, AbstractSet[str]] = {
    CHANNEL: frozenset(PEOPLE),
    REPS_CHANNEL: frozenset(PEOPLE) - {_MAYA.id},
}
"""Who is in which channel."""
PLACES = tuple(Option(channel, f"#{channel}") for channel in CHANNELS)
"""The channels there are. As elsewhere, one can be chosen by somebody who isn't in it: that is refused later."""


def is_direct(address: Address) -> bool:
    """Say whether nobody but this person and the coach reads the conversation."""
    return address.conversation.startswith(_DIRECT)


def channels_of(someone: Someone) -> list[str]:
    """Give the channels somebody is in."""
    return [channel for channel, members in CHANNELS.items() if someone.id in members]


HINTS: Mapping[str, tuple[str, ...]] = {
    "dm": ("/negotiate prep acme", "tip", "deals", "what can you do?"),
    CHANNEL: ("/negotiate prep acme", "@coach tip", "Who is meeting Acme this week?"),
    REPS_CHANNEL: ("/negotiate tip", "@coach counter 15% off", "Lunch at twelve?"),
}
"""What to type first, by room."""
