"""What a closed deal begins or ends: staying in touch."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, prose, quiet, strong
from bot.coach.deals import Deal, Stage
from bot.coach.keep_warm import due_on
from handlers import agenda
from handlers.checkin_words import cadence_line
from handlers.checkins import begin
from handlers.desk import Days
from handlers.wording import clip, day
from store.unit import Unit


def warmed(said: str, deal: Deal, work: Unit, now: datetime) -> Card:
    """Begin to keep a deal warm that was just won, and say so."""
    days = Days(work, now)
    warm = begin(deal, days)
    first = due_on(warm, days.calendar)
    then = f"on {day(first)}" if first else "never"
    rhythm = (
        f"I'll remind you to be in touch with {clip(deal.client)}, first {then}. Rhythm: {cadence_line(warm.cadence)}."
    )
    buttons = (
        Button("How to stay in touch", "tip.show", "stability.keep_warm", "primary"),
        Button("Rhythm", "checkin.rhythm", deal.id),
        Button("Not this one", "checkin.stop", deal.id),
        Button("Undo", "deal.reopen", deal.id),
    )
    return Card(said, (prose(strong(said)), prose(rhythm), Buttons(buttons), quiet("Counted from your last touch.")))


def cool(deal: Deal, work: Unit, now: datetime) -> None:
    """Keep a deal warm no longer that is lost or open again."""
    work.warmth.stop(deal.id)
    agenda.reschedule(work, now)


def unkept(deal: Deal, work: Unit) -> tuple[Button, ...]:
    """Offer check-ins for a won deal that has none."""
    if deal.stage is not Stage.WON or work.warmth.of(deal.id):
        return ()
    return (Button("Start check-ins", "checkin.start", deal.id, "primary"),)
