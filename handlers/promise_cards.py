"""How promises look: the echo with its weekday, one promise, the list, and the question by when."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Menu,
    Option,
    Points,
    Quote,
    Runs,
    TextField,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.date_readings import offers
from bot.coach.deals import Deal
from bot.coach.promises import Notice, Promise, State, state_on
from bot.coach.upcoming import reminders_ahead
from content.warmth import Said, fill
from handlers.desk import Desk
from handlers.prep_cards import ONLY_YOU
from handlers.wording import clip, count, day, distance, inside

LISTED = 10
WHAT_MAX = 500
EXAMPLE = "promise send the draft by Friday for Acme"
_TEACHES = f"No open promises. When you promise a client something, note it in a line: {EXAMPLE}."
_STATES = {
    State.OPEN: "open",
    State.LATE: "late, and still open",
    State.KEPT: "kept",
    State.RENEGOTIATED: "has a new date",
    State.DROPPED: "no longer needed",
}
_CHOICES = 20


def subject(promise: Promise) -> str:
    """What a promise's card is remembered by."""
    return f"promise:{promise.id}"


def words(said: Said, promise: Promise, deal: Deal, desk: Desk, new: date | None = None) -> str:
    """Words for the client about a promise."""
    slots = {"promise": inside(promise.what), "client": clip(deal.client), "date": day(promise.due)}
    return fill(desk.playbook.warmth.promise[said], **slots, new_date=day(new) if new else "")


def line(promise: Promise, deal: Deal, today: date) -> Runs:
    """One promise in a line: what, for whom, by when."""
    late = state_on(promise, today) is State.LATE
    due = f"was due {day(promise.due)}" if late else f"by {day(promise.due)}, {distance(promise.due, today)}"
    return runs(strong(clip(promise.what)), f" · {clip(deal.name)} · {due}")


def card(promise: Promise, deal: Deal, desk: Desk, lead: str = "", to_send: str = "") -> Card:
    """One promise with what can be done about it; `to_send` are words for the client."""
    title = lead or f"Your promise to {clip(deal.client)}"
    said = (prose("Tell them, for example:"), Quote(to_send)) if to_send else ()
    blocks: tuple[Block, ...] = (Heading(clip(title, 140)), _facts(promise, deal, desk), *said)
    return Card(title, (*blocks, _buttons(promise), quiet(_reminders(promise, desk))))


def echo(promise: Promise, deal: Deal, desk: Desk, lead: str = "Noted") -> Card:
    """Say back what was understood, with the weekday."""
    return card(promise, deal, desk, f"{lead}: you promised {clip(deal.client)} by {day(promise.due)}")


def late(promise: Promise, deal: Deal, desk: Desk) -> Card:
    """A warning to send, early where it still can be, and a new date to agree on."""
    title, over = "Better they hear it from you", promise.due < desk.today
    why = (
        "Its day is over; today is still better than tomorrow. For example:"
        if over
        else "Most people can live with a late date they hear about early. For example:"
    )
    blocks = (
        Heading(title),
        prose(*line(promise, deal, desk.today)),
        prose(why),
        Quote(words(Said.OVERDUE if over else Said.LATE, promise, deal, desk)),
        Buttons(
            (
                Button("Agree on a new date", "promise.move", promise.id, "primary"),
                Button("It is kept after all", "promise.kept", promise.id),
                Button("Something went wrong", "recover.open", deal.id),
            )
        ),
        quiet(ONLY_YOU),
    )
    return Card(title, blocks)


def listing(promises: Sequence[tuple[Promise, Deal]], desk: Desk) -> Card:
    """The open promises, the one due first on top."""
    if not promises:
        buttons = Buttons((Button("My deals", "deals.show"), Button("Keep every promise", "tip.show", _PRACTICE)))
        return Card("No open promises", (prose(_TEACHES), buttons))
    title = f"Open promises: {len(promises):,}"
    lines = tuple(line(promise, deal, desk.today) for promise, deal in promises[:LISTED])
    rest = (quiet(f"And {len(promises) - LISTED:,} more, all in the menu or in export."),) if promises[LISTED:] else ()
    menu = Menu(
        "promise.open",
        "Choose a promise",
        tuple(Option(one.id, f"{clip(one.what, 40)} · {day(one.due)}") for one, _ in promises[:_CHOICES]),
    )
    return Card(title, (Heading(title), Points(lines), *rest, menu, quiet(f"A new one: {EXAMPLE}. {ONLY_YOU}")))


_PRACTICE = "stability.deliver"


def ask_what() -> Card:
    """Ask for the promise itself."""
    said = f"What did you promise, and by when? Type it in a line, for example: {EXAMPLE}."
    return Card("What did you promise?", (prose(said), Buttons((Button("My promises", "promise.list"),))))


def left(what: str) -> Card:
    """Say that nothing was noted after all."""
    said = f"Left out: “{clip(what)}” isn't noted."
    return Card(said, (prose(said), Buttons((Button("My promises", "promise.list"),))))


def ask_when(what: str, why: str, days: tuple[date, ...], mark: str, desk: Desk) -> Card:
    """Ask by when, with a few days to choose from; `why` says what was unclear."""
    choice = days or offers(desk.today, desk.calendar)
    buttons = tuple(Button(day(one), "promise.on", f"{one.isoformat()}.{mark}") for one in choice)
    said = f"{why} " if why else ""
    question = f"{said}By when: “{clip(what)}”?"
    blocks = (prose(question), Buttons((*buttons, Button("Another day", "promise.when", mark))))
    return Card(question, blocks)


def date_form(form: str, this: str, title: str, intro: str, label: str = "By when") -> Form:
    """Ask for one day."""
    field = TextField("due", label, "For example: Friday, or 30 June", required=True, max_length=80)
    return Form(form, this, title, (field,), intro=intro)


def _facts(promise: Promise, deal: Deal, desk: Desk) -> Facts:
    due = f"{day(promise.due)}, {distance(promise.due, desk.today)}"
    to = deal.client if deal.client == deal.name else f"{deal.client} ({deal.name})"
    rows = [Fact("Promised", promise.what), Fact("To", to), Fact("By", due)]
    state = state_on(promise, desk.today)
    if promise.kept_late and promise.settled_on:
        after = count((promise.settled_on - promise.due).days, "day")
        rows.append(Fact("State", f"kept, {after} after its day"))
    elif state is not State.OPEN:
        rows.append(Fact("State", _STATES[state]))
    return Facts(tuple(rows))


def _buttons(promise: Promise) -> Buttons:
    if promise.state is not State.OPEN:
        return Buttons((Button("My promises", "promise.list"),))
    asked = f"Drop “{clip(promise.what, 40)}”? I won't remind you of it any more."
    return Buttons(
        (
            Button("Kept", "promise.kept", promise.id, "primary"),
            Button("It will be late", "promise.late", promise.id),
            Button("New date", "promise.move", promise.id),
            Button("No longer needed", "promise.drop", promise.id, confirm=asked),
            Button("My promises", "promise.list"),
        )
    )


def _reminders(promise: Promise, desk: Desk) -> str:
    """Say when it is brought up again."""
    if promise.state is not State.OPEN:
        return ONLY_YOU
    agenda = desk.work.agenda.get()
    ahead = reminders_ahead(
        promise, desk.person, desk.now, last=agenda.last_day, pause=agenda.pause, calendar=desk.calendar
    )
    before = [f"on {day(on)}" if on > desk.today else "today" for on, notice in ahead if notice is not Notice.AFTER]
    if before:
        return f"I'll bring it up {' and '.join(before)}.{_off(promise, desk)} {ONLY_YOU}"
    if ahead:
        due = " It is due today." if promise.due == desk.today else _off(promise, desk)
        return f"I'll ask on {day(ahead[0][0])} whether it is done.{due} {ONLY_YOU}"
    quiet_now = (
        "All is paused, so I won't bring it up until you resume" if agenda.pause else "I won't bring it up again"
    )
    return f"{quiet_now}; My promises has it. {ONLY_YOU}"


def _off(promise: Promise, desk: Desk) -> str:
    """Say why it doesn't come up on its day."""
    is_ahead = promise.due > desk.today and not desk.calendar.works(promise.due)
    return f" {day(promise.due)} is a day off." if is_ahead else ""
