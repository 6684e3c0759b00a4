"""Deals won before, such as a CRM's: offered by threes, and nothing begins by itself."""

from collections.abc import Iterator

from bot.chat.cards import Block, Button, Buttons, Menu, Option, prose, strong
from bot.coach.keep_warm import CLIENTS_A_DAY
from handlers.desk import Desk
from handlers.wording import clip, count, listed

_CHOICES = 50
_THESE = {1: "Start with it", 2: "Start these two", 3: "Start these three"}


def offer(desk: Desk) -> Iterator[Block]:
    """Offer to begin with those won last, or with one; nothing where there are none."""
    cold = desk.work.warmth.cold(_CHOICES)
    if not cold:
        return
    few = cold[:CLIENTS_A_DAY]
    number = desk.work.warmth.count_cold()
    yield prose(
        f"{count(number, 'deal')} you won before {'has' if number == 1 else 'have'} no check-ins. Won last: ",
        strong(listed([clip(deal.name) for deal in few])),
        ". A few at a time are enough.",
    )
    asked = f"Leave {'it' if number == 1 else f'all {number:,}'} without check-ins? You can start any of them later."
    yield Buttons(
        (
            Button(_THESE[len(few)], "checkins.start", ".".join(deal.id for deal in few), "primary"),
            Button("Leave them", "checkins.leave", confirm=asked),
        )
    )
    if len(cold) > len(few):
        yield Menu("checkin.start", "Or begin with one", tuple(Option(deal.id, clip(deal.name)) for deal in cold))
