"""`gave` and `got`: a line in the deal's log, the words that make it visible, and the balance."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.cards import Block, Button, Buttons, Card, Quote, prose, quiet, strong
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Say
from bot.coach.concessions import Concession, partners
from bot.coach.deals import Deal
from bot.coach.plans import Estimate
from bot.coach.reading import Problem, read
from bot.coach.tradables import Side, Tradable
from bot.errors import StaleError
from content.library import Playbook
from handlers import coaching, trade_words, whose
from handlers.about import about
from handlers.balance import SCALE, balance_line, log_card
from handlers.finding import mine
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_card
from handlers.tradable_words import said
from handlers.wording import clip, listed
from store.unit import Unit

AWAITS_LINE = "moved"
_VERSION = 1
_VERBS = {Side.GIVE: "gave", Side.GET: "got"}
_EXAMPLES = {Side.GIVE: "gave 5% off for acme", Side.GET: "got a two-year term from acme"}
# More words than these, with nothing in them to note, are a story: it is met with coaching.
_OWN_WORDS = 8
_LINES = 5
# Sentences to say; nobody says more at once.
_SAID = 3
_SIDES = {verb: side for side, verb in _VERBS.items()}
_MOVED = re.compile(r"\b(?:gave|got)\b", re.IGNORECASE)
# "Gave them a call with our CTO": whom is clear.
_TO_THEM = re.compile(r"^(?:(?:away|them|him|her|us|me)\s+)+", re.IGNORECASE)
_A_STORY = re.compile(r"\?|\b(?:i|i['’]m|feel|felt|because|but|how|what|should|when)\b", re.IGNORECASE)


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


def line(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence as what moved, after it was asked for; None where it is about something else."""
    waiting = work.conversations.get()
    side = _SIDES.get(waiting.data.get("moved", "")) if waiting else None
    reading = read(asked.text, side, playbook.trading.spellings)
    if side is None or reading.asked or not (reading.gives or reading.gets or reading.problems):
        return None
    work.conversations.end()
    return _log(asked, side, work, playbook, now)


def gave_in(words: str, deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note what was given in the deal that is chosen for it now."""
    return _note(_lines(words, Side.GIVE, playbook)[0], Log(deal, work, playbook, now))


def got_in(words: str, deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note what was got in the deal that is chosen for it now."""
    return _note(_lines(words, Side.GET, playbook)[0], Log(deal, work, playbook, now))


def undo(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take a line out of the log; what it was traded for finds another partner, if one is free."""
    gone = work.concessions.remove(pressed.subject)
    if gone is None:
        raise StaleError("That line is no longer in the log. Nothing was changed.")
    log = Log(mine(gone.deal_id, work), work, playbook, now)
    pair_up(log)
    said = f"Taken back: {trade_words.noun(gone.tradable, playbook.trading)}."
    buttons = Buttons((Button("The whole log", "log.show", gone.deal_id),))
    return (Change(Card(said, (prose(said), prose(balance_line(log.lines)), buttons))),)


def show(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Show a deal's log with its balance."""
    deal = mine(pressed.subject, work)
    return (Say(log_card(deal, work.concessions.of(deal.id), playbook)),)


def note(log: Log, side: Side, tradable: Tradable, entry: str = "") -> Concession:
    """Put one line into a deal's log, worth what the plan says; `pair_up` finds what it was traded for."""
    ours, theirs, planned = _worth(log, side, tradable)
    return log.work.concessions.add(
        log.deal.id, side, tradable, log.at, ours=ours, theirs=theirs, entry=entry or planned
    )


def pair_up(log: Log) -> None:
    """Take what is still without a partner as traded for each other, the earliest first."""
    for give, get in partners(log.lines):
        log.work.concessions.pair(give.id, get.id)


def _log(asked: Asked, side: Side, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    if not asked.text.strip():
        return _which(asked, side, work, now)
    found = about(asked.text, work)
    lines, problems = _lines(found.words, side, playbook)
    if problems:
        return (Say(problem_card(problems)),)
    if not lines:
        return coaching.advise(replace(asked, text=f"{_VERBS[side]} {asked.text}"), work, playbook, now)
    deal = whose.meant(found, work)
    return _note(lines, Log(deal, work, playbook, now)) if deal else whose.ask(_VERBS[side], found, work, now)


def _lines(words: str, side: Side, playbook: Playbook) -> tuple[list[tuple[Side, Tradable]], Sequence[Problem]]:
    """Read what moved; a few words that nobody knows are kept as they are."""
    reading = read(words, side, playbook.trading.spellings)
    lines = [(Side.GIVE, one) for one in reading.gives] + [(Side.GET, one) for one in reading.gets]
    unread = reading.unread if lines else (words,)
    if not reading.problems:
        lines += [(_side(own, words, side), _in_own_words(own)) for own in unread if _is_a_thing(own)]
    return lines, reading.problems


def _is_a_thing(words: str) -> bool:
    own = _TO_THEM.sub("", words)
    return bool(own) and len(own.split()) <= _OWN_WORDS and not _A_STORY.search(own)


def _in_own_words(words: str) -> Tradable:
    own = _TO_THEM.sub("", words)
    return Tradable(what=clip(own), words=own)


def _side(own: str, words: str, side: Side) -> Side:
    """Follow the verb last said before some words: "5% and got a call with their board"."""
    said = _MOVED.findall(words[: words.find(own)])
    return _SIDES[said[-1].lower()] if said else side


def _note(lines: Sequence[tuple[Side, Tradable]], log: Log) -> Answer:
    new = [note(log, side, tradable) for side, tradable in lines[:_LINES]]
    together = partners(new)
    for give, get in together:
        log.work.concessions.pair(give.id, get.id)
    pair_up(log)
    noted = [one for one in log.lines if one.id in {this.id for this in new}]
    told = f"Noted for {clip(log.deal.name)}: {_told(noted, log.playbook)}."
    more = prose(f"That is the first {_LINES}. Type the others in a line of their own.")
    promise = tuple(_promise(one, log.playbook, several=len(noted) > 1) for one in noted if one.side is Side.GIVE)
    blocks: tuple[Block, ...] = (
        prose(strong(told)),
        *((more,) if len(lines) > _LINES else ()),
        *_words(noted, {get.id for _, get in together}, log),
        prose(balance_line(log.lines)),
        Buttons((Button("The whole log", "log.show", log.deal.id), *promise, *_undoing(noted, log.playbook))),
        quiet(f"{SCALE} {ONLY_YOU}"),
    )
    return (Say(Card(told, blocks)),)


def _told(noted: Sequence[Concession], playbook: Playbook) -> str:
    """Say what moved, each side once: `we gave 5% off and onboarding; we got payment net 30`."""
    sides = {
        side: [trade_words.noun(one.tradable, playbook.trading) for one in noted if one.side is side] for side in Side
    }
    return "; ".join(f"we {_VERBS[side]} {listed(nouns)}" for side, nouns in sides.items() if nouns)


def _undoing(noted: Sequence[Concession], playbook: Playbook) -> tuple[Button, ...]:
    if len(noted) == 1:
        return (Button("Undo", "log.undo", noted[0].id),)
    return tuple(Button(clip(f"Undo: {_told([one], playbook)}"), "log.undo", one.id) for one in noted)


def _words(noted: Sequence[Concession], thanked: set[str], log: Log) -> Iterator[Block]:
    """What to say to the client about it, so that it is seen; what came back is asked for once."""
    trading = log.playbook.trading
    gives = [one for one in noted if one.side is Side.GIVE]
    gets = [one for one in noted if one.side is Side.GET and one.id not in thanked]
    if gives:
        yield prose("Say it, so that it is seen:")
    for give in gives[:_SAID]:
        partner = [other.tradable for other in log.lines if other.id == give.paired]
        yield Quote(trade_words.courtesy(give.tradable, trading, partner))
    if gets:
        yield prose("Thank them for it, for example:")
    yield from (Quote(trade_words.thanks(get.tradable, trading)) for get in gets[:_SAID])
    if lone := next((give for give in gives if not give.paired), None):
        ask = f"Would you {said('you', _to_ask_for(lone, log), trading)}?"
        yield prose("Nothing has come back for it yet, and it isn't too late to ask:")
        yield Quote(ask)


def _promise(give: Concession, playbook: Playbook, *, several: bool) -> Button:
    """Offer to deliver by a day what was given away."""
    what = f": {trade_words.noun(give.tradable, playbook.trading)}" if several else ""
    return Button(clip(f"Make it a promise{what}"), "promise.give", give.id)


def _to_ask_for(give: Concession, log: Log) -> Tradable:
    """What could still come back for a give: what the plan asks for and hasn't got, else the usual."""
    plan, got = log.work.plans.of(log.deal.id), {one.tradable.what for one in log.lines}
    open_ = (one.tradable for one in (plan.gets if plan else ()) if one.tradable.what not in got)
    return next(open_, None) or trade_words.common_exchanges(give.tradable, log.playbook.trading)[0][1]


def _worth(log: Log, side: Side, tradable: Tradable) -> tuple[Estimate, Estimate, str]:
    plan = log.work.plans.of(log.deal.id)
    entries = plan.entries if plan else ()
    planned = next((one for one in entries if (one.side, one.tradable.what) == (side, tradable.what)), None)
    if planned:
        return planned.ours, planned.theirs, planned.id
    ours, theirs = log.playbook.trading.typical(side, tradable.what)
    return Estimate(ours), Estimate(theirs), ""


def _which(asked: Asked, side: Side, work: Unit, now: datetime) -> Answer:
    """Ask what moved; the next sentence may say it."""
    verb = _VERBS[side]
    if asked.direct:
        work.conversations.put(AWAITS_LINE, _VERSION, {"moved": verb}, now)
    said = f"What did you {'give' if side is Side.GIVE else 'get'}? Type it in a line, for example: {_EXAMPLES[side]}."
    return (Say(Card(f"{verb.capitalize()} what?", (prose(said), Buttons((Button("Plan trades", "plan.ask"),))))),)
