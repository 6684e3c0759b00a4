"""After the call: "what moved?", ticked line by line from the plan into the log."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Checklist, Heading, Tick, prose, quiet
from bot.chat.events import Pressed, Ticked
from bot.chat.replies import Answer, Change, Refresh, Say
from bot.coach.concessions import Concession
from bot.coach.plans import Entry
from bot.coach.tradables import Side, Tradable
from content.library import Playbook
from handlers import concessions
from handlers.balance import balance_line
from handlers.finding import mine
from handlers.plan_turn import Turn, turn_of
from handlers.prep_cards import ONLY_YOU
from handlers.trade_words import noun
from handlers.wording import clip
from store.unit import Unit

_TITLES = {Side.GIVE: "We gave", Side.GET: "They gave"}


def show(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Ask what moved, with the plan's lines to tick."""
    deal = mine(pressed.subject, work)
    plan = work.plans.of(deal.id)
    if plan is None or not plan.entries:
        said = "There is no plan to tick off yet. Type what moved: gave 5% off, got two years."
        return (Say(Card(said, (prose(said), Buttons((Button("Plan trades", "plan.open", deal.id),))))),)
    card, subject = _card(Turn(work, playbook, now, deal, plan)), _subject(plan.id)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject))


def tick(ticked: Ticked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note what is ticked and take out what isn't any more; the card changes in place, and so do its copies."""
    _, _, rest = ticked.checklist.partition(".")
    turn, _ = turn_of(rest, work, playbook, now)
    for entry in turn.plan.entries:
        if entry.id in ticked.shown:
            _move(entry, turn, ticked, done=entry.id in ticked.chosen)
    concessions.pair_up(_log(turn, ticked))
    card = _card(turn)
    return (Change(card), Refresh(card, _subject(turn.plan.id)))


def _move(entry: Entry, turn: Turn, ticked: Ticked, *, done: bool) -> None:
    """Clicks arrive out of order: an older one doesn't undo what was noted after it."""
    noted = [one for one in turn.work.concessions.of(turn.deal.id) if _is_of(one, entry)]
    if done and not noted:
        concessions.note(_log(turn, ticked), entry.side, entry.tradable, entry.id)
    for one in noted if not done else ():
        if one.at <= ticked.at:
            turn.work.concessions.remove(one.id)


def _is_of(moved: Concession, entry: Entry) -> bool:
    """Say whether a line of the log came from a line of the plan, and not from one that had its place before."""
    return (moved.entry, moved.side, moved.tradable.what) == (entry.id, entry.side, entry.tradable.what)


def _log(turn: Turn, ticked: Ticked) -> concessions.Log:
    return concessions.Log(turn.deal, turn.work, turn.playbook, ticked.at)


def _card(turn: Turn) -> Card:
    title = f"What moved? {clip(turn.deal.name)}"
    log = turn.work.concessions.of(turn.deal.id)
    moved = {entry.id: one.tradable for entry in turn.plan.entries for one in log if _is_of(one, entry)}
    lists = tuple(_list(turn, side, moved) for side in Side if any(one.side is side for one in turn.plan.entries))
    how = quiet("Something else, or another amount? Type it: gave 6% off, got net 30.")
    steps = Buttons(
        (Button("The whole log", "log.show", turn.deal.id), Button("Back to the plan", "plan.open", turn.deal.id))
    )
    return Card(title, (Heading(title), *lists, prose(balance_line(log)), how, steps, quiet(ONLY_YOU)))


def _list(turn: Turn, side: Side, moved: Mapping[str, Tradable]) -> Checklist:
    """What moved is written as it moved: another amount than planned, perhaps."""
    ticks = tuple(
        Tick(one.id, clip(noun(moved.get(one.id, one.tradable), turn.playbook.trading), 75), one.id in moved)
        for one in turn.plan.entries
        if one.side is side
    )
    return Checklist(f"moved.{turn.plan.id}.{side}", _TITLES[side], ticks)


def _subject(plan_id: str) -> str:
    return f"moved:{plan_id}"
