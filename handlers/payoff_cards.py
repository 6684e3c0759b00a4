"""The cards about what a client brought: what was noted, and what is asked where that isn't clear."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards import Block, Button, Buttons, Card, Menu, Option, prose, quiet, strong
from bot.coach.deals import Deal, Stage
from bot.coach.payoffs import Brought, Payoff
from handlers.brought import KINDS, since_line, won_line
from handlers.desk import Days
from handlers.prep_cards import ONLY_YOU
from handlers.won import unkept
from handlers.wording import clip, day, deal_line
from store.unit import Unit

# So much of a name travels in a button.
NAME_MAX = 100
_SHOWN = 20
_EXAMPLES = {
    Payoff.RENEWAL: "renewal acme",
    Payoff.EXPANSION: "expansion acme",
    Payoff.REFERRAL: "referral from acme to globex",
}
_ALL = "There is also: renewal acme, expansion acme, referral from acme to globex."


def noted(brought: Brought, deal: Deal, days: Days, after: str = "") -> Card:
    """Echo what was noted, with what there is since the deal was won; `after` says what else changed."""
    said = f"Noted: {phrase(brought.kind, deal, brought.to)}, on {day(brought.on)}."
    since = f"{won_line(deal, days)} {since_line(deal, days)}".strip() if deal.stage is Stage.WON else ""
    lines = tuple(prose(line) for line in (since, after) if line)
    first = _begin(brought.to, days.work) if brought.kind is Payoff.REFERRAL else unkept(deal, days.work)
    buttons = (*first, Button("Undo", "payoff.undo", brought.id), Button("My check-ins", "checkins.show"))
    return Card(said, (prose(strong(said)), *lines, Buttons(buttons), quiet(ONLY_YOU)))


def again(before: Brought, deal: Deal, known: int) -> Card:
    """Say that it is noted already; another one within a month is possible, but not of a referral to the same."""
    said = f"I noted {phrase(before.kind, deal, before.to)} on {day(before.on)} already, so nothing was changed."
    same = before.kind is Payoff.REFERRAL
    another = Button("It is another one", "payoff.again", f"{before.kind}.{deal.id}.{known}")
    undo = Button("Take that one back", "payoff.undo", before.id)
    return Card(said, (prose(said), Buttons((undo,) if same else (another, undo))))


def taken_back(brought: Brought) -> Card:
    """Say what is gone."""
    to = f" to {clip(brought.to)}" if brought.to else ""
    said = f"Taken back: {KINDS[brought.kind]}{to}, on {day(brought.on)}. Everything else stays as it is."
    return Card(said, (prose(said), quiet(_ALL), Buttons((Button("My check-ins", "checkins.show"),))))


def whose(kind: Payoff, work: Unit) -> Card:
    """Ask which client it is about."""
    said = f"Which client is it about? Type it, for example: {_EXAMPLES[kind]}."
    warm = {one.client.casefold(): one for one in work.warmth.all() if one.client}
    offered = list(warm.values())[:4] if kind is not Payoff.REFERRAL else []
    buttons = tuple(Button(clip(one.client, 40), f"payoff.{kind}", one.deal_id) for one in offered)
    return Card(said, (prose(said), Buttons((*buttons, Button("My deals", "deals.show")))))


def to_whom(client: str) -> Card:
    """Ask who the new client is."""
    name = clip(client)
    said = (
        f"Who did {name} refer you to? Type both, for example: referral from {name} to Globex. Nothing was noted yet."
    )
    return Card(said, (prose(said), Buttons((Button("My deals", "deals.show"),))))


def from_whom(to: str) -> Card:
    """Ask who referred them."""
    said = f"Who referred you to {clip(to)}? Type both, for example: referral from Acme to {clip(to)}."
    return Card(said, (prose(said, " Nothing was noted yet."), Buttons((Button("My deals", "deals.show"),))))


def choose(kind: Payoff, name: str, deals: Sequence[Deal], to: str = "") -> Card:
    """Ask which of several clients."""
    said = f"Which one do you mean by “{clip(name)}”?"
    return Card(said, (prose(said), _menu(kind, deals, "Choose a deal", to)))


def is_it_won(kind: Payoff, deal: Deal) -> Card:
    """A deal that isn't won brought nothing yet: perhaps it is won by this very thing."""
    said = f"{clip(deal.name)} isn't won yet, so nothing was noted. Is it won now, by {KINDS[kind]}?"
    yes = Button("Yes, it is won", "deal.won", f"{deal.id}.{kind}", "primary")
    return Card(said, (prose(said), Buttons((yes, Button("My deals", "deals.show")))))


def which(kind: Payoff, words: str, won: Sequence[Deal], still_open: Sequence[Deal]) -> Card:
    """No open deal is called so: it may be a won client's, or an open deal of another name."""
    said = f"No open deal of yours is called “{clip(words)}”, so nothing was changed. Which one is it?"
    options = tuple(Option(f"{deal.id}.{kind}", deal_line(deal)) for deal in still_open[:_SHOWN])
    of_won: tuple[Block, ...] = (_menu(kind, won, f"Won before: note {KINDS[kind]}"),) if won else ()
    of_open: tuple[Block, ...] = (Menu("deal.won", "Still open: close it as won", options),) if options else ()
    return Card(said, (prose(said), *of_won, *of_open, Buttons((Button("My deals", "deals.show"),))))


def phrase(kind: Payoff, deal: Deal, to: str = "") -> str:
    """Say what it was and of whom."""
    if kind is Payoff.REFERRAL:
        return f"{KINDS[kind]} from {clip(deal.client)}{f' to {clip(to)}' if to else ''}"
    return f"{KINDS[kind]} with {clip(deal.client)}"


def touched_line(deal: Deal, on: date, following: str) -> str:
    """Say that it counts as a touch."""
    return f"It counts as being in touch with {clip(deal.client)} on {day(on)}. {following}"


def _menu(kind: Payoff, deals: Sequence[Deal], label: str, to: str = "") -> Menu:
    behind = f".{to}" if to else ""
    return Menu(
        f"payoff.{kind}", label, tuple(Option(f"{deal.id}{behind}", deal_line(deal)) for deal in deals[:_SHOWN])
    )


def _begin(to: str, work: Unit) -> tuple[Button, ...]:
    """Offer the next step with the new client: the meeting with the deal that is open, or a deal to start."""
    found = [deal for deal in work.deals.find(to) if deal.client.casefold() == to.casefold()]
    if found:
        return (Button(f"Prepare {clip(to, 40)}", "prep.open", found[0].id, "primary"),)
    return (Button(f"Start with “{clip(to, 40)}”", "prep.new", to, "primary"),)
