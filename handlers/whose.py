"""Which deal is meant, where a line names none of mine or several: what was typed waits for the answer."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.replies import Answer, Say
from bot.coach.deals import Deal
from bot.errors import StaleError
from handlers.about import About, nearest
from handlers.finding import named, picker
from handlers.wording import clip
from store.conversations import Conversation
from store.unit import Unit

AWAITS = "whose"
_VERB = "verb"
_VERSION = 1
_DEALS = 20
_GONE = "I no longer have what you typed, so nothing was noted. Please type it once more."


def meant(found: About, work: Unit) -> Deal | None:
    """The deal that is meant, or likely meant; None where another name stands in the line."""
    return found.deal or (None if found.unknown or found.other else nearest(work))


def ask(verb: str, found: About, work: Unit, now: datetime) -> Answer:
    """Ask which deal, and keep the words of `verb` until that is known; nothing typed is lost."""
    deals = work.deals.next(limit=_DEALS)
    keep(verb, found.words, work, now)
    if found.unknown:
        card = named(found.unknown, work, "whose.deal", start="whose")
        return (Say(card if isinstance(card, Card) else _is_it(card)),)
    if not deals:
        said = "For which deal? You have none yet; a client's name is enough to start one."
        return (Say(Card(said, (prose(said), Buttons((Button("Name a client", "whose.other", style="primary"),))))),)
    return (Say(picker(f"For which deal is “{clip(found.words)}”?", deals, "whose.deal")),)


def keep(verb: str, words: str, work: Unit, now: datetime) -> None:
    """Keep what was typed for a deal that is still to be named, beside a dialogue under way, which goes on."""
    dialogue = work.conversations.get() or Conversation(AWAITS, _VERSION, {})
    kept = dialogue.data | {AWAITS: words, _VERB: verb}
    work.conversations.put(dialogue.kind, dialogue.version, kept, now)


def waiting(work: Unit, now: datetime) -> tuple[str, str]:
    """Give the verb and the words that wait for a deal, once. Raises `StaleError` where nothing does."""
    dialogue = work.conversations.get()
    if dialogue is None or not {AWAITS, _VERB} <= dialogue.data.keys():
        raise StaleError(_GONE)
    rest = {name: value for name, value in dialogue.data.items() if name not in (AWAITS, _VERB)}
    if dialogue.kind == AWAITS:
        work.conversations.end()
    else:
        work.conversations.put(dialogue.kind, dialogue.version, rest, now)
    return dialogue.data[_VERB], dialogue.data[AWAITS]


def _is_it(deal: Deal) -> Card:
    """One deal fits after all: a closed one, which is not to be taken for granted."""
    said = f"Do you mean {clip(deal.name)}, which is closed?"
    return Card(said, (prose(said), Buttons((Button("Yes, that one", "whose.deal", deal.id),))))
