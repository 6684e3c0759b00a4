"""The card of a day: promises to think of, at most three clients to write to, what is on the list and what is next.

It is always drawn from how things stand now, so that every copy of it can be brought up to date.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Heading,
    Menu,
    Option,
    Points,
    Quote,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.deals import Deal
from bot.coach.keep_warm import (
    Bundle,
    CheckIn,
    KeepWarm,
    Snooze,
    client_key,
    due_on,
)
from bot.coach.promises import Notice, Promise, Reminder
from content.warmth import Said
from handlers import cold, digest_preview
from handlers.checkin_words import words
from handlers.day import Day, gather, place_of
from handlers.desk import Desk
from handlers.handover_cards import offered_to_me
from handlers.prep_cards import ONLY_YOU
from handlers.promise_cards import line
from handlers.wording import clip, count, day, distance, listed

_REMINDED, _LISTED, _NEXT, _CHOICES = 3, 10, 5, 50
_LEADS = {Notice.BEFORE: Said.BEFORE, Notice.TODAY: Said.TODAY, Notice.AFTER: Said.AFTER}
SNOOZES = {
    Snooze.TOMORROW: "Tomorrow",
    Snooze.NEXT_WEEK: "Next week",
    Snooze.TWO_WEEKS: "In two weeks",
}
# On the card of a day, what a button is about carries this: the card that changes is that one.
HERE = "day"
_PRACTICE = "stability.keep_warm"
_TEACHES = "No check-ins yet. Close a deal with won and its name, and I'll remind you to stay in touch, with a reason."
_LESS = "Counted from your last touch. For less: More, then Rhythm or Stop; or pause all."
_LESS_LINES = "For less: Leave, on the team's card; or pause all."


def letter(told: Bundle, desk: Desk) -> Card:
    """The day's one message."""
    lead = "Welcome back. Nothing here is late; these matter first." if told.back else ""
    return card(desk, lead)


def card(desk: Desk, lead: str = "") -> Card:
    """The card as things stand."""
    now, offered, lines = gather(desk), tuple(offered_to_me(desk.work)), tuple(digest_preview.blocks(desk, HERE))
    title, told = _title(now, lines=bool(lines)), [one.promise.id for one in now.reminders[:_REMINDED]]
    if now.is_empty and not now.pause and not offered and not lines:
        return Card("No check-ins yet", (*_lead(lead), *_empty(desk)))
    blocks: tuple[Block, ...] = (
        Heading(title),
        *_lead(lead),
        *_paused(now, desk),
        *offered,
        *_reminders(now, desk),
        *(block for client in now.shown for block in _client(client, now, desk, told)),
        *lines,
        *_settled(now, desk),
        *_list(now, desk),
        *_upcoming(now, desk),
        *(() if now.waits else cold.offer(desk)),
        _footer(now),
        quiet(f"{_LESS_LINES if lines and now.is_empty else _LESS} {ONLY_YOU}"),
    )
    return Card(_summary(lead, title), blocks)


def _empty(desk: Desk) -> Iterator[Block]:
    """Say how it begins; deals won before, such as a CRM's, are there to begin with."""
    yield prose(_TEACHES)
    yield from cold.offer(desk)
    yield Buttons((Button("My deals", "deals.show"), Button("How to stay in touch", "tip.show", _PRACTICE)))


def snooze_menu(this: str, where: str = "") -> Menu:
    """To when a check-in can be put off; for a date of one's own there is a button, which can open a form anywhere."""
    ending = f".{where}" if where else ""
    options = tuple(Option(f"{choice}.{this}{ending}", said) for choice, said in SNOOZES.items())
    return Menu("checkin.snooze", "Snooze", options)


def reason_blocks(warm: KeepWarm, deal: Deal, now: Day, desk: Desk, told: Collection[str] = ()) -> Iterator[Block]:
    """Why now, what was promised, and two sentences to send. `told` are ids of promises that stand elsewhere."""
    said = words(warm, deal, desk, place_of(warm, now))
    yield prose(said.why)
    if said.owed and said.owed.id not in told:
        yield prose(strong("You promised: "), f"{clip(said.owed.what)}, by {day(said.owed.due)}.")
    yield Quote(said.draft)


def _title(now: Day, *, lines: bool) -> str:
    if now.pause:
        return "Your check-ins are paused"
    parts = []
    if now.shown:
        parts.append(count(len(now.shown), "client") + " to write to")
    if now.reminders:
        parts.append(count(len(now.reminders), "promise") + " to think of")
    if lines:
        parts.append("a digest to look at")
    return listed(parts).capitalize() if parts else "Your check-ins"


def _summary(lead: str, title: str) -> str:
    return f"{lead} {title}".strip()


def _lead(lead: str) -> tuple[Block, ...]:
    return (prose(strong(lead)),) if lead else ()


def _paused(now: Day, desk: Desk) -> Iterator[Block]:
    """Until when, and what the client expects in that time: nobody else will bring it up."""
    pause = now.pause
    if pause is None:
        return
    until = f"until {day(pause.until)}; I'm back on that day" if pause.until else "until you resume"
    yield prose(strong("Paused "), f"{until}. Nothing comes meanwhile, and no check-in will be late when you are back.")
    told = [one.promise.id for one in now.reminders]
    meanwhile = [pair for pair in desk.work.promises.open() if pair[0].id not in told and pause.holds(pair[0].due)]
    if meanwhile:
        yield prose(
            strong("Promised for that time. "), "Before you go, a word to them, or another day, in My promises:"
        )
        yield Points(tuple(line(promise, deal, desk.today) for promise, deal in meanwhile[:_REMINDED]))
    if more := meanwhile[_REMINDED:]:
        yield quiet(f"And {count(len(more), 'more promise')}.")


def _reminders(now: Day, desk: Desk) -> Iterator[Block]:
    deals = {promise.id: deal for promise, deal in desk.work.promises.open()}
    for one in now.reminders[:_REMINDED]:
        promise, lead = one.promise, desk.playbook.warmth.promise[_lead_of(one, desk)]
        was = "was due" if one.notice is Notice.AFTER else "due"
        yield prose(
            strong(f"{lead}: "), f"{clip(promise.what)} · {clip(deals[promise.id].name)} · ", _due(promise, was)
        )
        late = "Not yet" if one.notice is Notice.AFTER else "It will be late"
        yield Buttons((Button("Kept", "checkin.kept", promise.id, "primary"), Button(late, "promise.late", promise.id)))
    if more := now.reminders[_REMINDED:]:
        yield quiet(f"And {count(len(more), 'more promise')} to think of: My promises has them all.")


def _lead_of(one: Reminder, desk: Desk) -> Said:
    off = one.notice is Notice.BEFORE and not desk.calendar.works(one.promise.due)
    return Said.DAY_OFF if off else _LEADS[one.notice]


def _due(promise: Promise, was: str) -> str:
    return f"{was} {day(promise.due)}"


def _client(due: Sequence[CheckIn], now: Day, desk: Desk, told: Collection[str]) -> Iterator[Block]:
    """One client: two deals of theirs are one conversation, begun with the more pressing one."""
    warm = due[0].warm
    deals = [deal for one in due if (deal := desk.work.deals.get(one.warm.deal_id))]
    if not deals:
        return
    names = " and ".join(clip(deal.name) for deal in deals)
    yield Heading(clip(warm.client or names, 140))
    if names != warm.client:
        yield quiet(names)
    yield from reason_blocks(warm, deals[0], now, desk, told)
    this = f"{warm.deal_id}.{HERE}"
    yield Buttons(
        (
            Button("Done", "checkin.done", this, "primary"),
            Button("Skip once", "checkin.skip", this),
            Button("Snooze to a date", "checkin.date", this),
            Button("More", "checkin.open", warm.deal_id),
        )
    )
    yield snooze_menu(warm.deal_id, HERE)


def _settled(now: Day, desk: Desk) -> Iterator[Block]:
    if not now.settled:
        return
    yield Heading("Dealt with today")
    lines = []
    for warm in now.settled[:_LISTED]:
        how = (
            "in touch" if warm.touched_on == desk.today else "left out" if warm.skipped_on == desk.today else "put off"
        )
        following = due_on(warm, desk.calendar)
        then = f", next on {day(following)}" if following else ""
        lines.append(runs(strong(clip(warm.client)), f": {how}{then}"))
    yield Points(tuple(lines))


def _list(now: Day, desk: Desk) -> Iterator[Block]:
    """What is due as well, and can wait: frozen, not late."""
    if not now.listed:
        return
    clients = list({client_key(one.warm): clip(one.warm.client) for one in now.listed}.values())
    yield Heading("On the list, when you have time")
    yield Points(tuple(runs(strong(client)) for client in clients[:_LISTED]))
    if more := clients[_LISTED:]:
        yield quiet(f"And {count(len(more), 'more client')}.")
    yield _menu([one.warm for one in now.listed], "Open one of these", desk)


def _upcoming(now: Day, desk: Desk) -> Iterator[Block]:
    if not now.upcoming:
        return
    # When those that were dealt with today are next stands there already.
    ahead = [(one, on) for one, on in now.upcoming if one not in now.settled]
    # Of two deals of one client, the one that comes first.
    first = {client_key(one): (one, on) for one, on in reversed(ahead)}
    if soon := sorted(first.values(), key=lambda pair: pair[1])[:_NEXT]:
        lines = (runs(strong(clip(one.client)), f": {day(on)}, {distance(on, desk.today)}") for one, on in soon)
        yield Heading("Next")
        yield Points(tuple(lines))
    yield _menu([warm for warm, _ in now.upcoming], "Open one that is next", desk)


def _menu(all_warm: Sequence[KeepWarm], label: str, desk: Desk) -> Menu:
    """Name each by its client; two deals of one client by what the deals are called."""
    shown = all_warm[:_CHOICES]
    clients = Counter(client_key(warm) for warm in shown)
    options = tuple(
        Option(warm.deal_id, clip((warm.client if clients[client_key(warm)] == 1 else "") or _deal_name(warm, desk)))
        for warm in shown
    )
    return Menu("checkin.open", label, options)


def _deal_name(warm: KeepWarm, desk: Desk) -> str:
    deal = desk.work.deals.get(warm.deal_id)
    return deal.name if deal else warm.deal_id


def _footer(now: Day) -> Buttons:
    pause = Button("Resume", "checkins.resume", style="primary") if now.pause else Button("Pause all", "checkins.pause")
    return Buttons((pause, Button("My promises", "promise.list")))
