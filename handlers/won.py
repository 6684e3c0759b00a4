"""What a closed deal begins or ends: staying in touch."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, prose, quiet, strong
from bot.chat.events import Pressed
from bot.chat.replies import Answer
from bot.coach.deals import Deal, Stage
from bot.coach.keep_warm import CLIENTS_A_DAY, due_on
from bot.coach.payoffs import Payoff
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, brought
from handlers.checkin_words import cadence_line
from handlers.checkins import begin, on_day, take_up
from handlers.desk import Days, Desk
from handlers.gate import inside
from handlers.wording import clip, count, day, listed
from store.unit import Unit


def warmed(said: str, deal: Deal, work: Unit, now: datetime, kind: Payoff | None = None) -> Card:
    """Begin to keep a deal warm that was just won, and say so; `kind` is what it is to the client, as it was said."""
    days = Days(work, now)
    payoff = brought.with_win(deal, kind, days)
    warm = begin(deal, days)
    first = due_on(warm, days.calendar)
    then = f"on {day(first)}" if first else "never"
    held = days.held(first) if first else ""
    rhythm = f"I'll remind you to be in touch with {clip(deal.client)}, first {then}.{held}"
    rhythm = f"{rhythm} Rhythm: {cadence_line(warm.cadence)}."
    buttons = (
        Button("How to stay in touch", "tip.show", "stability.keep_warm", "primary"),
        Button("Rhythm", "checkin.rhythm", deal.id),
        Button("Not this one", "checkin.stop", deal.id),
        Button("Undo", "deal.reopen", deal.id),
        *_beside(deal, work),
    )
    lines = tuple(prose(line) for line in (payoff, rhythm) if line)
    return Card(said, (prose(strong(said)), *lines, Buttons(buttons), quiet("Counted from your last touch.")))


def start_some(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Begin with the few that were offered, of those won before."""
    desk = Desk(work, now, playbook)
    found = (work.deals.get(this) for this in pressed.subject.split(".")[:CLIENTS_A_DAY])
    deals = [deal for deal in found if deal and deal.stage is Stage.WON]
    if not deals:
        raise StaleError("Those aren't among your won deals any more. Nothing was changed; checkins shows who is.")
    dues = [due for deal in deals if (due := due_on(take_up(deal, desk), desk.calendar))]
    clients = listed([clip(client) for client in dict.fromkeys(deal.client for deal in deals)])
    return on_day(f"I'll remind you of {clients}, first on {day(min(dues))}.{desk.held(min(dues))}", desk)


def leave(_pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave what was won before without check-ins."""
    desk = Desk(work, now, playbook)
    left = work.warmth.leave_cold(desk.today)
    said = f"Left without check-ins: {count(left, 'deal')}. won and a deal's name offers to start them." if left else ""
    return on_day(said or "There was nothing left to leave.", desk)


def cool(deal: Deal, work: Unit, now: datetime) -> None:
    """Keep a deal warm no longer that is lost or open again, nor offer it to anybody."""
    work.warmth.stop(deal.id)
    if offered := work.handovers.of(deal.id):
        work.handovers.withdraw(offered.id, now)
    agenda.reschedule(work, now)


def unkept(deal: Deal, work: Unit) -> tuple[Button, ...]:
    """Offer check-ins for a won deal that has none."""
    warm = work.warmth.of(deal.id)
    if deal.stage is not Stage.WON or (warm and warm.cadence.distance(warm.done)):
        return ()
    return (Button("Start check-ins", "checkin.start", deal.id, "primary"),)


def _beside(deal: Deal, work: Unit) -> tuple[Button, ...]:
    """What else a win may call for: to put right what was noted with it, and to let the first of my teams know."""
    noted = brought.noted_with(deal, work)
    team = next(iter(inside(work)), None)
    return (
        *((Button(f"Not {brought.KINDS[noted.kind]}", "payoff.undo", deal.id),) if noted else ()),
        *((Button("Share this win", "digest.share", f"{team.id}.win"),) if team else ()),
    )
