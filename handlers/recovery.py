"""`recover <deal>`: own a problem, put it right by a date, follow up."""

from dataclasses import replace
from datetime import date, datetime

from bot.chat.cards import Button, Buttons, Card, Form, TextField, prose
from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refresh, Refuse, Say
from bot.coach.controls import leaves, tells_nothing
from bot.coach.date_readings import offers
from bot.coach.deals import Deal
from bot.coach.promises import Promise, State
from bot.coach.recovery import Recovery, Step, follow_up_on, promise_of
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, recovery_cards
from handlers.answers import is_request, is_small_talk
from handlers.checkins import refreshed, touch
from handlers.desk import Desk, doubt, past
from handlers.finding import begun, menu, mine, named
from handlers.wording import clip, day
from store.unit import Unit

AWAITS = "recovery"
_VERSION = 1
_GONE = "That is gone, or it isn't yours. Nothing was changed; recover and the deal's name starts afresh."
_CUT = f"I kept the first {recovery_cards.WORDS_MAX:,} characters of that; shorter reads better to them too."
_UNKNOWN = "Not known yet is fine. Find out first and come back: what you said is kept."
_FOLLOW_UP = "ask whether it holds"


def recover(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `recover <deal>`."""
    desk, name = Desk(work, now, playbook), asked.text.strip()
    if not name:
        return (Say(_which(work)),)
    found = named(name, work, "recover.open", start="recover")
    return _begin(found, desk) if isinstance(found, Deal) else (Say(found),)


def open_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Begin with the deal that was chosen, or go on where it was left."""
    return _begin(mine(pressed.subject, work), Desk(work, now, playbook))


def new(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Begin by hand with the name that was typed."""
    return _begin(begun(pressed.subject, work), Desk(work, now, playbook))


def other(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a client by name."""
    field = TextField("client", "Client or deal", "For example: Northwind", required=True, max_length=200)
    return (Ask(Form("recover.client", "", "With whom?", (field,), submit="Go on")),)


def client(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Begin with the client named in the form, or with the deal of that name."""
    typed = submitted.answers.get("client", "").strip()
    if not typed:
        return (Refuse({"client": "Type a client's name, for example Northwind."}),)
    found = named(typed, work, "recover.open", start="recover")
    if isinstance(found, Card) and work.deals.find(typed, stage=None):
        return (Say(found),)
    return _begin(found if isinstance(found, Deal) else begun(typed, work), Desk(work, now, playbook))


def hear(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence as the answer to what was asked last."""
    waiting, desk = work.conversations.get(), Desk(work, now, playbook)
    recovery = work.recoveries.get(waiting.data.get("id", "")) if waiting else None
    if recovery is None or recovery.step is None:
        work.conversations.end()
        return None
    typed = asked.text.strip()
    words = typed[: recovery_cards.WORDS_MAX]
    if recovery.step is Step.BY and desk.understand(words):
        return _dated(recovery, words, desk)
    if leaves(words):
        return (Say(_left(recovery, work)),)
    if is_request(asked.text, work) or is_small_talk(asked.text):
        return None
    if tells_nothing(words):
        return _ask(recovery, desk, _UNKNOWN)
    return _answered(recovery, words, desk, _CUT if len(typed) > len(words) else "")


def by(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the day that was chosen."""
    written, _, this = pressed.subject.partition(".")
    recovery, _ = _mine(this, work)
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        raise StaleError from None
    if recovery.step is not Step.BY:
        raise StaleError
    desk = Desk(work, now, playbook)
    return _dated(recovery, written, desk) if chosen < desk.today else _go_on(replace(recovery, by=chosen), desk)


def ask_form(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask everything at once, or show what was answered, to change it."""
    recovery, deal = _mine(pressed.subject, work)
    return (Ask(recovery_cards.form(recovery, deal, playbook)),)


def submit(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep the form; what became a promise before changes with it."""
    desk = Desk(work, now, playbook)
    before, _ = _mine(submitted.subject, work)
    typed = {key: value.strip()[: recovery_cards.WORDS_MAX] for key, value in submitted.answers.items()}
    problems = {
        step: f"{playbook.warmth.questions[step].ask}"
        for step in (Step.HAPPENED, Step.MEANS, Step.FIX)
        if not typed.get(step)
    }
    due = desk.typed(typed.get(Step.BY, ""))
    if isinstance(due, str):
        problems[Step.BY] = due
    if problems or isinstance(due, str):
        return (Refuse({str(step): sentence for step, sentence in problems.items()}),)
    after = replace(before, happened=typed[Step.HAPPENED], means=typed[Step.MEANS], fix=typed[Step.FIX], by=due)
    return _whole(after, desk, before)


def later(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Leave it for now."""
    recovery, _ = _mine(pressed.subject, work)
    return (Change(_left(recovery, work)),)


def sent(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """The message is with the client: that was a touch, and the fix is a promise."""
    desk = Desk(work, now, playbook)
    recovery, deal = _mine(pressed.subject, work)
    if recovery.by is None:
        raise StaleError
    if warm := work.warmth.of(deal.id):
        touch(warm, desk.today, desk)
    ahead = f" What is promised by {day(recovery.by)} comes up in time." if recovery.by > desk.today else ""
    said = f"That took courage, and it counts.{ahead}"
    buttons = Buttons((Button("My promises", "promise.list"), Button("My check-ins", "checkins.show")))
    return (Say(Card(said, (prose(said), buttons))), *refreshed(desk))


def _answered(recovery: Recovery, words: str, desk: Desk, lead: str) -> Answer:
    match recovery.step:
        case Step.HAPPENED:
            return _go_on(replace(recovery, happened=words), desk, lead)
        case Step.MEANS:
            return _go_on(replace(recovery, means=words), desk, lead)
        case Step.FIX:
            return _go_on(replace(recovery, fix=words), desk, lead)
        case _:
            return _dated(recovery, words, desk)


def _left(recovery: Recovery, work: Unit) -> Card:
    deal = mine(recovery.deal_id, work)
    work.conversations.end()
    said = f"Kept as it is. Go on with recover and the name: {clip(deal.name)}."
    return Card(said, (prose(said), Buttons((Button("Go on", "recover.open", deal.id),))))


def _begin(deal: Deal, desk: Desk) -> Answer:
    return _go_on(desk.work.recoveries.start(deal.id, desk.now), desk)


def _dated(recovery: Recovery, words: str, desk: Desk) -> Answer:
    """Read the day; a doubtful or past one is asked again."""
    due = desk.understand(words)
    if due and due >= desk.today:
        return _go_on(replace(recovery, by=due), desk)
    meant = desk.readings(words)
    return _ask(recovery, desk, past(due) if due else doubt(words, meant), meant)


def _go_on(recovery: Recovery, desk: Desk, lead: str = "") -> Answer:
    """Keep what is known, and ask for the rest."""
    if recovery.step is None:
        return _whole(recovery, desk, recovery)
    desk.work.recoveries.change(recovery)
    return _ask(recovery, desk, lead)


def _ask(recovery: Recovery, desk: Desk, lead: str = "", meant: tuple[date, ...] = ()) -> Answer:
    deal = mine(recovery.deal_id, desk.work)
    desk.work.conversations.put(AWAITS, _VERSION, {"id": recovery.id}, desk.now)
    days = (meant or offers(desk.today, desk.calendar)) if recovery.step is Step.BY else ()
    return (Say(recovery_cards.question(recovery, deal, desk, lead, days), lasting=True),)


def _whole(recovery: Recovery, desk: Desk, before: Recovery) -> Answer:
    """Everything is known: the fix is a promise, a check-in follows, and the draft is ready."""
    deal = mine(recovery.deal_id, desk.work)
    desk.work.conversations.end()
    desk.work.recoveries.change(recovery)
    promise = _promised(recovery, before, desk)
    _follow_up(recovery, before, deal, desk)
    agenda.reschedule(desk.work, desk.now)
    card, subject = recovery_cards.card(recovery, deal, promise, desk), recovery_cards.subject(recovery)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject), *refreshed(desk))


def _promised(recovery: Recovery, before: Recovery, desk: Desk) -> Promise | None:
    """Note the fix as a promise, or change the one that it was until now."""
    kept = desk.work.promises
    new_ = promise_of(recovery, kept.fresh_id(), desk.today)
    if new_ is None:
        return None
    there = _open_promise(before.deal_id, before.fix, desk)
    if there is None:
        return kept.add(new_)
    return kept.change(replace(there, what=new_.what, due=new_.due, noticed=None))


def _follow_up(recovery: Recovery, before: Recovery, deal: Deal, desk: Desk) -> None:
    """Remember to ask whether it holds: as a check-in, or as a promise where no check-ins are kept."""
    if recovery.by is None:
        return
    on = follow_up_on(recovery.by, desk.calendar)
    if any(one.deal_id == deal.id for one in desk.work.warmth.all()) and (warm := desk.work.warmth.of(deal.id)):
        desk.work.warmth.change(replace(warm, follow_up_on=on, put_off_to=None))
        return
    kept, what = desk.work.promises, f"{_FOLLOW_UP}: {clip(recovery.happened)}"
    there = _open_promise(deal.id, f"{_FOLLOW_UP}: {clip(before.happened)}", desk)
    if there:
        kept.change(replace(there, what=what, due=on, noticed=None))
    else:
        kept.add(Promise(id=kept.fresh_id(), deal_id=deal.id, what=what, due=on, made_on=desk.today))


def _open_promise(deal_id: str, what: str, desk: Desk) -> Promise | None:
    promises = desk.work.promises.of(deal_id)
    return next((one for one in promises if one.what == what and one.state is State.OPEN), None)


def _mine(this: str, work: Unit) -> tuple[Recovery, Deal]:
    recovery = work.recoveries.get(this)
    if recovery is None:
        raise StaleError(_GONE)
    return recovery, mine(recovery.deal_id, work)


def _which(work: Unit) -> Card:
    said = "With whom did something go wrong? Type it, for example: recover acme."
    warm = [deal for one in work.warmth.all()[:20] if (deal := work.deals.get(one.deal_id))]
    deals = [*warm, *work.deals.next(limit=20)]
    choice = (menu(deals, "recover.open", "Choose a deal"),) if deals else ()
    learn = Button("How to own a mistake", "tip.show", "stability.recover")
    return Card(said, (prose(said), *choice, Buttons((learn,))))
