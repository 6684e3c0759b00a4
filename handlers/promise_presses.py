"""What becomes of a promise: kept, late, given another day, no longer needed; and how a give becomes one."""

from datetime import datetime

from bot.chat.cards import Card
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refresh, Refuse, Say
from bot.coach import promises as judge
from bot.coach.concessions import Concession
from bot.coach.deals import Deal
from bot.coach.promises import Promise, State
from bot.coach.tradables import Side
from bot.errors import StaleError
from content.library import Playbook
from content.warmth import Said
from handlers import agenda, promise_cards, trade_words
from handlers.desk import Desk
from handlers.finding import mine
from handlers.promises import told
from handlers.wording import clip, day
from store.unit import Unit

_GONE = "That promise is gone, or it isn't yours. Nothing was changed; promises shows the open ones."
_SETTLED = "That promise isn't open any more, so nothing was changed."
_NO_GIVE = "That line is no longer in the log. Nothing was changed."


def open_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show one promise."""
    promise, deal = of_mine(pressed.subject, work)
    return _shown(promise, deal, Desk(work, now, playbook))


def kept(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """It was done: say so to the client too."""
    card, promise = keep(pressed.subject, Desk(work, now, playbook))
    return (Change(card), Refresh(card, promise_cards.subject(promise)))


def keep(this: str, desk: Desk) -> tuple[Card, Promise]:
    """Note that a promise was kept today, and give its card with words for the client."""
    promise, deal = still_open(this, desk.work)
    done = judge.kept(promise, desk.today)
    _change(done, desk)
    said = Said.KEPT_LATE if done.kept_late else Said.KEPT
    lead = "Done, if later than planned" if done.kept_late else "Kept. That is how trust grows"
    return promise_cards.card(done, deal, desk, lead, promise_cards.words(said, done, deal, desk)), done


def late(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Help to say it early."""
    promise, deal = still_open(pressed.subject, work)
    return (Say(promise_cards.late(promise, deal, Desk(work, now, playbook))),)


def ask_move(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for the new day."""
    promise, deal = still_open(pressed.subject, work)
    intro = f"{clip(promise.what)}, for {clip(deal.client)}. So far: {day(promise.due)}."
    return (Ask(promise_cards.date_form("promise.move", promise.id, "A new date", intro)),)


def move(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Give a promise another day, with words to agree on it with the client."""
    desk = Desk(work, now, playbook)
    promise, deal = still_open(submitted.subject, work)
    due = desk.typed(submitted.answers.get("due", ""))
    if isinstance(due, str):
        return (Refuse({"due": due}),)
    if due == promise.due:
        return (Refuse({"due": f"That is the day it has already: {day(due)}."}),)
    ended, again = judge.renegotiated(promise, work.promises.fresh_id(), due, desk.today)
    work.promises.change(ended)
    work.promises.add(again)
    agenda.reschedule(work, now)
    to_send = promise_cards.words(Said.RENEGOTIATE, promise, deal, desk, due)
    card = promise_cards.card(again, deal, desk, f"New date: {day(due)}", to_send)
    subject = promise_cards.subject(again)
    old = promise_cards.card(ended, deal, desk)
    return (Say(card, lasting=True, subject=subject), Refresh(old, promise_cards.subject(ended)))


def drop(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """The client no longer needs it, or it was a slip."""
    desk = Desk(work, now, playbook)
    promise, deal = still_open(pressed.subject, work)
    gone = judge.dropped(promise, desk.today)
    _change(gone, desk)
    card = promise_cards.card(gone, deal, desk, "Dropped: I won't bring it up again")
    return (Change(card), Refresh(card, promise_cards.subject(gone)))


def ask_give(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask by when an agreed give is delivered."""
    give, deal = _give(pressed.subject, work)
    intro = f"{clip(deal.name)}: {trade_words.noun(give.tradable, playbook.trading)}"
    return (Ask(promise_cards.date_form("promise.give", give.id, "By when will they have it?", intro)),)


def give(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Make an agreed give a promise, once."""
    desk = Desk(work, now, playbook)
    line, deal = _give(submitted.subject, work)
    if there := work.promises.from_concession(line.id):
        return _shown(there, deal, desk)
    due = desk.typed(submitted.answers.get("due", ""))
    if isinstance(due, str):
        return (Refuse({"due": due}),)
    promise = work.promises.add(judge.promise_from(line, work.promises.fresh_id(), due, desk.today))
    agenda.reschedule(work, now)
    return told(promise, deal, desk)


def of_mine(this: str, work: Unit) -> tuple[Promise, Deal]:
    """The promise behind a button, with its deal; raises `StaleError` where it is gone or was never mine."""
    promise = work.promises.get(this)
    if promise is None:
        raise StaleError(_GONE)
    return promise, mine(promise.deal_id, work)


def still_open(this: str, work: Unit) -> tuple[Promise, Deal]:
    """The same for one that can still be kept or moved; raises `StaleError` where it is settled."""
    promise, deal = of_mine(this, work)
    if promise.state is not State.OPEN:
        raise StaleError(_SETTLED)
    return promise, deal


def _shown(promise: Promise, deal: Deal, desk: Desk) -> Answer:
    card, subject = promise_cards.card(promise, deal, desk), promise_cards.subject(promise)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject))


def _change(promise: Promise, desk: Desk) -> None:
    desk.work.promises.change(promise)
    agenda.reschedule(desk.work, desk.now)


def _give(this: str, work: Unit) -> tuple[Concession, Deal]:
    line = work.concessions.get(this)
    if line is None or line.side is not Side.GIVE:
        raise StaleError(_NO_GIVE)
    return line, mine(line.deal_id, work)
