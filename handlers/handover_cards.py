"""How an offered deal looks to whoever is asked to take it over: its names, and nothing else."""

from collections.abc import Iterator

from bot.chat.cards import Block, Button, Buttons, Card, prose
from bot.coach.people import Person
from handlers.wording import clip
from store.handovers import Handover
from store.unit import Unit


def letter(offered: Handover, name: str) -> Card:
    """Ask the colleague, in the name of whoever offers it."""
    said = f"{name} asks whether you take over {_names(offered)}."
    more = "Its promises and check-ins come along. If you don't answer, it stays where it is."
    return Card(said, (prose(said), prose(more), _choice(offered)))


def offered_to_me(work: Unit) -> Iterator[Block]:
    """What I am offered and didn't answer yet."""
    for one in work.handovers.to_me():
        yield prose(f"{named(work.handovers.other(one.id)[0])} asks whether you take over {_names(one)}.")
        yield _choice(one)


def named(person: Person | None) -> str:
    """What a colleague is called, as far as the coach knows."""
    return clip(person.name) if person and person.name else "A colleague"


def _names(offered: Handover) -> str:
    return f"{clip(offered.deal_name)} ({clip(offered.client)})"


def _choice(offered: Handover) -> Buttons:
    accept = Button("Accept", "handover.accept", offered.id, "primary")
    return Buttons((accept, Button("Not now", "handover.decline", offered.id)))
