"""`checkins`: what is due, what is next, pause and resume; and what becomes of one check-in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refresh, Refuse, Say
from bot.coach import keep_warm
from bot.coach.deals import Deal, Stage
from bot.coach.keep_warm import KeepWarm, Rhythm, Snooze, asks_for_another_rhythm, client_key, due_on
from bot.coach.workdays import local_date
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, check_in_history, client_card, day_card, promise_cards
from handlers import day as day_
from handlers.desk import Days, Desk
from handlers.finding import mine
from handlers.promise_cards import date_form
from handlers.promise_presses import keep
from handlers.wording import clip, day
from store.unit import Unit

_GONE = "I don't keep check-ins for that deal any more, so nothing was changed. checkins shows where I do."
_FAR = timedelta(days=366)


def show(_pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show the day's card, which stays and changes in place."""
    return listed(Desk(work, now, playbook))


def listed(desk: Desk, lead: str = "") -> Answer:
    """Say the day's card; every copy of it looks like that now."""
    card, subject = day_card.card(desk, lead), day_.subject(desk.today)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject))


def open_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show one client's check-in with everything that can be done."""
    desk = Desk(work, now, playbook)
    warm, deal, _ = of_mine(pressed.subject, desk)
    return (Say(client_card.card(warm, deal, desk)),)


def done(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """They were in touch: the wait begins anew. Ask how it was."""
    desk = Desk(work, now, playbook)
    warm, deal, where = of_mine(pressed.subject, desk)
    following = touch(warm, desk.today, desk)
    said = f"In touch with {clip(deal.client)} today."
    return (*changed(said, following, where, desk), Say(client_card.how_was_it(deal)))


def fine(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """It went well."""
    desk = Desk(work, now, playbook)
    warm, deal, _ = of_mine(pressed.subject, desk)
    said = f"Good to hear. {client_card.next_line(warm, deal, desk)}"
    return (Change(Card(said, (prose(said), Buttons((Button("My check-ins", "checkins.show"),))))),)


def skip(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave this one out."""
    desk = Desk(work, now, playbook)
    warm, deal, where = _due(pressed.subject, desk)
    check_in_history.note(warm, "skipped", desk)
    following = _each(warm, desk, lambda one: keep_warm.skipped(one, desk.today))
    return changed(f"Left out this time: {clip(deal.client)}.", following, where, desk)


def snooze(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Put it off; the third time in a row asks whether the rhythm is right."""
    desk = Desk(work, now, playbook)
    choice, _, this = pressed.subject.partition(".")
    warm, deal, where = _due(this, desk)
    if choice not in set(Snooze):
        raise StaleError
    return put_off(warm, deal, Snooze(choice), where, desk)


def ask_date(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Ask to which day it is put off."""
    _, deal, _ = _due(pressed.subject, Desk(work, now, playbook))
    intro = f"{clip(deal.client)}: when shall I remind you?"
    return (Ask(date_form("checkin.snooze", pressed.subject, "Snooze to a date", intro, "Remind me on")),)


def snooze_to(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Put it off to a date."""
    desk = Desk(work, now, playbook)
    warm, deal, where = _due(submitted.subject, desk)
    to = desk.typed(submitted.answers.get("due", ""))
    if isinstance(to, date) and not desk.today < to <= desk.today + _FAR:
        to = f"{day(to)} is too near or too far. Choose a day from tomorrow on, within a year."
    if isinstance(to, str):
        return (Refuse({"due": to}),)
    _, *rest = put_off(warm, deal, to, where, desk)
    said = f"Put off: {clip(deal.client)}. {client_card.next_line(of_mine(warm.deal_id, desk)[0], deal, desk)}"
    return (Say(Card(said, (prose(said),))), *rest)


def put_off(warm: KeepWarm, deal: Deal, choice: Snooze | date, where: str, desk: Desk) -> Answer:
    """Put a check-in off, with the question about the rhythm where it is time for it."""
    to = keep_warm.snooze_to(choice, desk.today, desk.calendar)
    check_in_history.note(warm, "snoozed", desk)
    following = _each(warm, desk, lambda one: keep_warm.snoozed(one, to))
    said = changed(f"Put off: {clip(deal.client)}.", following, where, desk)
    if asks_for_another_rhythm(following):
        return (*said, Say(client_card.ask_rhythm(following, deal)))
    return said


def stop(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """No more check-ins for this deal."""
    desk = Desk(work, now, playbook)
    warm, deal, where = of_mine(pressed.subject, desk)
    # The line stays, so that nobody offers what was stopped.
    work.warmth.change(replace(warm, cadence=keep_warm.Cadence(Rhythm.NONE)))
    agenda.reschedule(work, now)
    said = f"No more check-ins for {clip(deal.name)}."
    if where == day_card.HERE:
        return on_day(said, desk)
    back = Buttons((Button("Start again", "checkin.start", deal.id), Button("My check-ins", "checkins.show")))
    return (Change(Card(said, (prose(said), back))), *refreshed(desk))


def start(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep a won deal warm, also one that was left cold."""
    desk = Desk(work, now, playbook)
    deal = mine(pressed.subject, work)
    if deal.stage is not Stage.WON:
        raise StaleError(f"{clip(deal.name)} isn't won, so nothing was changed. Check-ins begin with won and its name.")
    warm = take_up(deal, desk)
    said = f"I'll remind you of {clip(deal.client)}. {client_card.next_line(warm, deal, desk)}"
    buttons = Buttons((Button("Rhythm", "checkin.rhythm", deal.id), Button("My check-ins", "checkins.show")))
    return (Change(Card(said, (prose(said), buttons))), *refreshed(desk))


def kept(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """A promise on the card of the day was kept."""
    desk = Desk(work, now, playbook)
    card, promise = keep(pressed.subject, desk)
    said = f"Kept: {clip(promise.what)}."
    return (*on_day(said, desk), Say(card), Refresh(card, promise_cards.subject(promise)))


def begin(deal: Deal, desk: Days) -> KeepWarm:
    """Start to keep a deal warm that was just won."""
    return _begin(KeepWarm(deal_id=deal.id, client=deal.client, won_on=_closed_on(deal, desk)), desk)


def take_up(deal: Deal, desk: Days) -> KeepWarm:
    """Start to keep a deal warm that was won before; a CRM's close date tells when, if its import doesn't."""
    won_on = min(_closed_on(deal, desk), deal.closes_on or date.max)
    return _begin(keep_warm.taken_up(deal.id, deal.client, won_on, desk.today), desk)


def _closed_on(deal: Deal, desk: Days) -> date:
    return local_date(desk.person, deal.closed_at) if deal.closed_at else desk.today


def _begin(fresh: KeepWarm, desk: Days) -> KeepWarm:
    """Do so once; what is there stays as it is, and gets the usual rhythm back if it has none."""
    warm = desk.work.warmth.start(fresh)
    if warm.cadence.distance(warm.done) is None:
        warm = desk.work.warmth.change(replace(warm, cadence=keep_warm.Cadence())) or warm
    agenda.reschedule(desk.work, desk.now)
    return warm


def touch(warm: KeepWarm, on: date, desk: Desk) -> KeepWarm:
    """Note that they were in touch on that day; a client with two deals was spoken to once."""
    check_in_history.touched(warm, on, desk)
    return _each(warm, desk, lambda one: keep_warm.touched(one, on), only_due=False)


def of_mine(subject: str, desk: Desk) -> tuple[KeepWarm, Deal, str]:
    """What a button carries, `deal id[.where]`; raises `StaleError` where no check-ins of mine are behind it."""
    this, _, where = subject.partition(".")
    warm = desk.work.warmth.of(this)
    if warm is None:
        raise StaleError(_GONE)
    return warm, mine(this, desk.work), where


def changed(said: str, warm: KeepWarm, where: str, desk: Desk) -> Answer:
    """Show what came of it: on the day's card in place, elsewhere in a line, and on every copy of the day's card."""
    following = due_on(warm, desk.calendar)
    said = f"{said} Next on {day(following)}.{desk.held(following)}" if following else said
    if where == day_card.HERE:
        return on_day(said, desk)
    buttons = Buttons((Button("My check-ins", "checkins.show"),))
    return (Change(Card(said, (prose(said), buttons))), *refreshed(desk))


def refreshed(desk: Desk) -> Answer:
    """Bring every copy of the day's card up to date."""
    return (Refresh(day_card.card(desk), day_.subject(desk.today)),)


def on_day(said: str, desk: Desk) -> Answer:
    """Show what came of it on the day's card, in place."""
    card = day_card.card(desk, said)
    return (Change(card), Refresh(card, day_.subject(desk.today)))


def _due(subject: str, desk: Desk) -> tuple[KeepWarm, Deal, str]:
    """The same as `of_mine` for a check-in that is due; raises `StaleError` where it was dealt with."""
    warm, deal, where = of_mine(subject, desk)
    due = due_on(warm, desk.calendar)
    if due is None or due > desk.today:
        raise StaleError(f"Nothing is due for {clip(deal.client)}. {client_card.next_line(warm, deal, desk)}")
    return warm, deal, where


def _each(warm: KeepWarm, desk: Desk, change: Callable[[KeepWarm], KeepWarm], *, only_due: bool = True) -> KeepWarm:
    """Change every deal of that client, those that are due only or all; gives how the deal itself is now."""
    found = warm
    for one in [other for other in desk.work.warmth.all() if client_key(other) == client_key(warm)] or [warm]:
        due = due_on(one, desk.calendar)
        if one.deal_id == warm.deal_id or not only_due or (due and due <= desk.today):
            after = desk.work.warmth.change(change(one)) or one
            found = after if one.deal_id == warm.deal_id else found
    agenda.reschedule(desk.work, desk.now)
    return found
