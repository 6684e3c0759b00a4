"""`promise <what> by <when> [for <deal>]`: a dated promise, reminded in time, kept, late or given a new date."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from zlib import crc32

from bot.chat.cards import Button, Buttons, Card, Form, TextField, prose
from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.replies import Answer, Ask, Refresh, Refuse, Say
from bot.coach.controls import leaves
from bot.coach.deals import Deal
from bot.coach.promises import Promise, Spoken, read_promise
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, promise_cards
from handlers.desk import Desk, doubt, past
from handlers.finding import begun, mine, named, picker
from handlers.wording import clip
from store.unit import Unit

AWAITS = "promise"
_VERSION = 1
_DEALS = 20
_AND = re.compile(r",? and (?:to |that )?|; ?", re.IGNORECASE)
_ANDS = 8
_LOST = "I no longer have what you typed, so nothing was noted. Please type it once more."


@dataclass(frozen=True, slots=True)
class Pending:
    """A promise that still lacks its deal or its day. `when` are the words of the date."""

    what: str
    when: str = ""
    due: date | None = None
    deal: str = ""

    @property
    def mark(self) -> str:
        """Tells it apart from another one that is asked about later."""
        return f"{crc32(self.what.encode('utf-8', 'surrogatepass')):08x}"


def promise(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `promise ...`: note it, or ask for what is missing. Without words it lists what is open."""
    desk = Desk(work, now, playbook)
    if not asked.text.strip():
        return (Say(promise_cards.listing(work.promises.open(), desk)),)
    if both := _both(" ".join(asked.text.split()), desk):
        return (*_heard(both[0], desk), *_heard(both[1], desk))
    return _heard(read_promise(asked.text, desk.today, desk.calendar), desk)


def _heard(spoken: Spoken, desk: Desk) -> Answer:
    if not spoken.what:
        return (Say(promise_cards.ask_what()),)
    pending = Pending(clip(spoken.what, promise_cards.WHAT_MAX), spoken.when, spoken.due)
    if spoken.deal:
        return _for(spoken.deal, pending, desk)
    if spoken.perhaps_deal and (deal := _only(spoken.perhaps_deal, desk.work)):
        what = spoken.what[: -len(spoken.perhaps_deal)].rstrip().removesuffix("for").rstrip(" ,")
        pending = replace(pending, what=clip(what, promise_cards.WHAT_MAX) or pending.what)
        return _go_on(replace(pending, deal=deal.id), desk)
    return _go_on(pending, desk)


def list_(_pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """List the open promises from a button."""
    return (Say(promise_cards.listing(work.promises.open(), Desk(work, now, playbook))),)


def hear(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence as the deal or the day that was asked for; None where it is neither."""
    pending, desk = _pending(work), Desk(work, now, playbook)
    if not pending:
        return None
    if leaves(asked.text) and not desk.understand(asked.text):
        work.conversations.end()
        return (Say(promise_cards.left(pending.what)),)
    if not pending.deal:
        deal = _only(asked.text[:200], work)
        return _go_on(replace(pending, deal=deal.id), desk) if deal else None
    due = desk.understand(asked.text)
    if due is None and not desk.readings(asked.text):
        return None
    return _go_on(replace(pending, when=asked.text[:80], due=due), desk)


def for_deal(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note what was typed before for the deal that is chosen now."""
    deal, pending = mine(pressed.subject, work), _pending(work)
    if pending is None:
        raise StaleError(_LOST)
    return _go_on(replace(pending, deal=deal.id), Desk(work, now, playbook))


def new(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Begin a deal with the name that was typed, and note the promise for it."""
    pending = _pending(work)
    if pending is None:
        raise StaleError(_LOST)
    return _go_on(replace(pending, deal=begun(pressed.subject, work).id), Desk(work, now, playbook))


def other(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a client by name."""
    field = TextField("client", "Client or deal", "For example: Northwind", required=True, max_length=200)
    return (Ask(Form("promise.client", "", "Who did you promise it to?", (field,))),)


def client(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note the promise for the client named in the form."""
    typed, pending = submitted.answers.get("client", "").strip(), _pending(work)
    if not typed:
        return (Refuse({"client": "Type a client's name, for example Northwind."}),)
    if pending is None:
        raise StaleError(_LOST)
    deal = _only(typed, work) or begun(typed, work)
    return _go_on(replace(pending, deal=deal.id), Desk(work, now, playbook))


def on(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the day that was chosen."""
    day, _, mark = pressed.subject.partition(".")
    pending = _marked(mark, work)
    try:
        due = date.fromisoformat(day)
    except ValueError:
        raise StaleError from None
    return _go_on(replace(pending, due=due, when=""), Desk(work, now, playbook))


def ask_when(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a day in a form."""
    pending = _marked(pressed.subject, work)
    return (Ask(promise_cards.date_form("promise.when", pending.mark, "By when?", clip(pending.what))),)


def when(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the day from the form."""
    desk, pending = Desk(work, now, playbook), _marked(submitted.subject, work)
    due = desk.typed(submitted.answers.get("due", ""))
    return (Refuse({"due": due}),) if isinstance(due, str) else _go_on(replace(pending, due=due), desk)


def _both(text: str, desk: Desk) -> tuple[Spoken, Spoken] | None:
    """Two promises in one sentence, each with its day; one deal behind the second is that of both."""
    for mark in islice(_AND.finditer(text), _ANDS):
        halves = text[: mark.start()], text[mark.end() :]
        first, second = (read_promise(half, desk.today, desk.calendar) for half in halves)
        if not (first.deal or first.perhaps_deal):
            first = replace(first, deal=second.deal)
        if all(one.what and one.due and _only(one.deal or one.perhaps_deal, desk.work) for one in (first, second)):
            return first, second
    return None


def _for(name: str, pending: Pending, desk: Desk) -> Answer:
    found = named(name, desk.work, "promise.deal", start="promise")
    if isinstance(found, Deal):
        return _go_on(replace(pending, deal=found.id), desk)
    _remember(pending, desk)
    return (Say(found),)


def _go_on(pending: Pending, desk: Desk) -> Answer:
    """Note the promise, or ask for the deal first and for the day then."""
    deal = mine(pending.deal, desk.work) if pending.deal else _single(desk.work)
    if deal is None:
        return _ask_deal(pending, desk)
    pending = replace(pending, deal=deal.id)
    due = pending.due or (desk.understand(pending.when) if pending.when else None)
    if due is None or due < desk.today:
        _remember(replace(pending, due=None), desk)
        meant = desk.readings(pending.when)
        why = past(due) if due else doubt(pending.when, meant) if pending.when else ""
        return (Say(promise_cards.ask_when(pending.what, why, meant, pending.mark, desk)),)
    desk.work.conversations.end()
    return _keep(pending.what, due, deal, desk)


def _keep(what: str, due: date, deal: Deal, desk: Desk) -> Answer:
    kept = desk.work.promises
    new_ = kept.add(Promise(id=kept.fresh_id(), deal_id=deal.id, what=what, due=due, made_on=desk.today))
    agenda.reschedule(desk.work, desk.now)
    return told(new_, deal, desk)


def told(promise_: Promise, deal: Deal, desk: Desk) -> Answer:
    """Say back a promise that was just made; what shows the deal's promises already changes in place."""
    card, subject = promise_cards.echo(promise_, deal, desk), promise_cards.subject(promise_)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject))


def _ask_deal(pending: Pending, desk: Desk) -> Answer:
    deals = desk.work.deals.next(limit=_DEALS)
    won = [deal for one in desk.work.warmth.all()[:_DEALS] if (deal := desk.work.deals.get(one.deal_id))]
    _remember(pending, desk)
    if not deals and not won:
        said = "Who did you promise it to? You have no deals yet; a client's name is enough to start one."
        button = Button("Name a client", "promise.other", style="primary")
        return (Say(Card(said, (prose(said), Buttons((button,))))),)
    return (Say(picker(f"Who did you promise this to: “{clip(pending.what)}”?", [*deals, *won], "promise.deal")),)


def _single(work: Unit) -> Deal | None:
    """The only deal there is."""
    deals = work.deals.list(limit=2)
    return deals[0] if len(deals) == 1 else None


def _only(name: str, work: Unit) -> Deal | None:
    found = work.deals.find(name, limit=2) or work.deals.find(name, stage=None, limit=2)
    return found[0] if len(found) == 1 else None


def _remember(pending: Pending, desk: Desk) -> None:
    due = pending.due.isoformat() if pending.due else ""
    data = {"what": pending.what, "when": pending.when[:80], "due": due, "deal": pending.deal}
    desk.work.conversations.put(AWAITS, _VERSION, data, desk.now)


def _pending(work: Unit) -> Pending | None:
    waiting = work.conversations.get()
    if waiting is None or (waiting.kind, waiting.version) != (AWAITS, _VERSION):
        return None
    data = waiting.data
    due = date.fromisoformat(data["due"]) if data["due"] else None
    return Pending(data["what"], data["when"], due, data["deal"])


def _marked(mark: str, work: Unit) -> Pending:
    """The promise a button asks about; raises `StaleError` where another one is asked about by now."""
    pending = _pending(work)
    if pending is None or pending.mark != mark:
        raise StaleError(_LOST)
    return pending
