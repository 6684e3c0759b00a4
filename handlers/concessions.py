"""`gave` and `got`: a line in the deal's log, the words that make it visible, and the balance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.cards import Block, Button, Buttons, Card, Quote, prose, quiet, strong
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Say
from bot.coach.concessions import Concession
from bot.coach.deals import Deal
from bot.coach.plans import Estimate
from bot.coach.reading import Problem, read
from bot.coach.tradables import Side, Tradable
from bot.errors import StaleError
from content.library import Playbook
from handlers import coaching, trade_words
from handlers.about import about, nearest
from handlers.balance import SCALE, balance_line, log_card
from handlers.finding import mine, named, picker
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_card
from handlers.tradable_words import said
from handlers.wording import clip
from store.unit import Unit

AWAITS_DEAL = "log"
_VERSION = 1
_VERBS = {Side.GIVE: "gave", Side.GET: "got"}
_EXAMPLES = {Side.GIVE: "gave 5% off for acme", Side.GET: "got a two-year term from acme"}
# More words than these, with nothing in them to note, are a story: it is met with coaching.
_OWN_WORDS = 8
_LINES = 5
_DEALS = 20


@dataclass(frozen=True, slots=True)
class Log:
    """One deal's log, open for writing."""

    deal: Deal
    work: Unit
    playbook: Playbook
    at: datetime

    @property
    def lines(self) -> list[Concession]:
        """What is noted so far."""
        return self.work.concessions.of(self.deal.id)


def gave(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `gave <what> [for deal]`."""
    return _log(asked, Side.GIVE, work, playbook, now)


def got(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `got <what> [for deal]`."""
    return _log(asked, Side.GET, work, playbook, now)


def in_deal(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note what was typed before in the deal that is chosen for it now."""
    deal, waiting = mine(pressed.subject, work), work.conversations.get()
    if waiting is None or (waiting.kind, waiting.version) != (AWAITS_DEAL, _VERSION):
        raise StaleError("I no longer have what you typed, so nothing was noted. Please type it once more.")
    work.conversations.end()
    lines, _ = _lines(waiting.data["words"], Side(waiting.data["side"]), playbook)
    return _note(lines, Log(deal, work, playbook, now))


def undo(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Take a line out of the log."""
    gone = work.concessions.remove(pressed.subject)
    if gone is None:
        raise StaleError("That line is no longer in the log. Nothing was changed.")
    said = f"Taken back: {trade_words.noun(gone.tradable, playbook.trading)}."
    buttons = Buttons((Button("The whole log", "log.show", gone.deal_id),))
    return (Change(Card(said, (prose(said), prose(balance_line(work.concessions.of(gone.deal_id))), buttons))),)


def show(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Show a deal's log with its balance."""
    deal = mine(pressed.subject, work)
    return (Say(log_card(deal, work.concessions.of(deal.id), playbook)),)


def note(log: Log, side: Side, tradable: Tradable, entry: str = "") -> Concession:
    """Put one line into a deal's log, worth what the plan says, and pair it with what is still without a partner."""
    ours, theirs, planned = _worth(log, side, tradable)
    lone = next((one for one in log.lines if one.side is not side and not one.paired), None)
    kept = log.work.concessions
    new = kept.add(log.deal.id, side, tradable, log.at, ours=ours, theirs=theirs, entry=entry or planned)
    if lone:
        kept.pair(*((new.id, lone.id) if side is Side.GIVE else (lone.id, new.id)))
    return kept.get(new.id) or new


def _log(asked: Asked, side: Side, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    if not asked.text.strip():
        return (Say(_which(side)),)
    found = about(asked.text, work)
    lines, problems = _lines(found.words, side, playbook)
    if problems:
        return (Say(problem_card(problems)),)
    if not lines:
        return coaching.advise(replace(asked, text=f"{_VERBS[side]} {asked.text}"), work, playbook, now)
    deal = named(found.unknown, work, "plan.open", start="plan") if found.unknown else found.deal or nearest(work)
    if deal is None:
        return _ask_deal(found.words, side, work, now)
    return (Say(deal),) if isinstance(deal, Card) else _note(lines, Log(deal, work, playbook, now))


def _lines(words: str, side: Side, playbook: Playbook) -> tuple[list[tuple[Side, Tradable]], Sequence[Problem]]:
    """Read what moved; a few words that nobody knows are kept as they are."""
    reading = read(words, side, playbook.trading.spellings)
    lines = [(Side.GIVE, one) for one in reading.gives] + [(Side.GET, one) for one in reading.gets]
    if not lines and not reading.problems and len(words.split()) <= _OWN_WORDS:
        lines = [(side, Tradable(what=clip(words), words=words))]
    return lines[:_LINES], reading.problems


def _note(lines: Sequence[tuple[Side, Tradable]], log: Log) -> Answer:
    playbook, before = log.playbook, [note(log, side, tradable) for side, tradable in lines]
    noted = [one for one in log.lines if one.id in {new.id for new in before}]
    told = f"Noted for {clip(log.deal.name)}: {', '.join(_short(one, playbook) for one in noted)}."
    labels = ("Undo",) if len(noted) == 1 else tuple(clip(f"Undo: {_short(one, playbook)}") for one in noted)
    undo_ = tuple(Button(label, "log.undo", one.id) for label, one in zip(labels, noted, strict=True))
    blocks: tuple[Block, ...] = (
        prose(strong(told)),
        *(block for one in noted for block in _words(one, log)),
        prose(balance_line(log.lines)),
        Buttons((Button("The whole log", "log.show", log.deal.id), *undo_)),
        quiet(f"{SCALE} {ONLY_YOU}"),
    )
    return (Say(Card(told, blocks)),)


def _words(one: Concession, log: Log) -> tuple[Block, ...]:
    """What to say to the client about it, so that it is seen."""
    trading = log.playbook.trading
    if one.side is Side.GET:
        return (prose("Thank them for it, for example:"), Quote(trade_words.thanks(one.tradable, trading)))
    partner = [other.tradable for other in log.lines if other.id == one.paired]
    seen = (prose("Say it, so that it is seen:"), Quote(trade_words.courtesy(one.tradable, trading, partner)))
    if partner:
        return seen
    ask = f"Would you {said('you', _to_ask_for(one, log), trading)}?"
    return (*seen, prose("Nothing has come back for it yet, and it isn't too late to ask:"), Quote(ask))


def _to_ask_for(give: Concession, log: Log) -> Tradable:
    """What could still come back for a give: what the plan asks for and hasn't got, else the usual."""
    plan, got = log.work.plans.of(log.deal.id), {one.tradable.what for one in log.lines}
    open_ = (one.tradable for one in (plan.gets if plan else ()) if one.tradable.what not in got)
    return next(open_, None) or trade_words.common_exchanges(give.tradable, log.playbook.trading)[0][1]


def _short(one: Concession, playbook: Playbook) -> str:
    return f"{'we gave' if one.side is Side.GIVE else 'we got'} {trade_words.noun(one.tradable, playbook.trading)}"


def _worth(log: Log, side: Side, tradable: Tradable) -> tuple[Estimate, Estimate, str]:
    plan = log.work.plans.of(log.deal.id)
    entries = plan.entries if plan else ()
    planned = next((one for one in entries if (one.side, one.tradable.what) == (side, tradable.what)), None)
    if planned:
        return planned.ours, planned.theirs, planned.id
    ours, theirs = log.playbook.trading.typical(side, tradable.what)
    return Estimate(ours), Estimate(theirs), ""


def _which(side: Side) -> Card:
    verb = _VERBS[side]
    said = f"What did you {'give' if side is Side.GIVE else 'get'}? Type it in a line, for example: {_EXAMPLES[side]}."
    return Card(f"{verb.capitalize()} what?", (prose(said), Buttons((Button("Plan trades", "plan.ask"),))))


def _ask_deal(words: str, side: Side, work: Unit, now: datetime) -> Answer:
    deals = work.deals.next(limit=_DEALS)
    if not deals:
        said = "For which deal? You have none yet; a client's name is enough to start one."
        return (Say(Card(said, (prose(said), Buttons((Button("Name a client", "plan.other", style="primary"),))))),)
    work.conversations.put(AWAITS_DEAL, _VERSION, {"side": side, "words": words}, now)
    return (Say(picker(f"For which deal did you note “{clip(words)}”?", deals, "log.deal")),)
