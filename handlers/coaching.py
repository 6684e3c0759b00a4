"""Coaching on what a rep says or a client wrote: the practice that fits, and words to answer with."""

from datetime import datetime
from typing import Any

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.events import Asked, Quoted, Said
from bot.chat.replies import Answer, Say
from bot.coach.coaching import Advice, Kind
from bot.coach.messages import point_of, read_message
from bot.coach.quoting import heard
from bot.coach.reading import Reading, read
from bot.coach.speakers import reported
from bot.coach.tradables import Tradable
from content.library import Playbook
from handlers import coaching_cards as cards
from handlers import whose
from handlers.about import about
from handlers.grammar import nearest as nearest_verb
from handlers.grammar import read as read_request
from handlers.trade_words import noun
from handlers.wording import clip, listed
from store.conversations import Conversation
from store.unit import Unit

REMEMBERED = "coached"
_VERSION = 1
_WORDS_MAX = 500
_REPEATED = 170
_SLIP_WORDS = 4


def sentence(asked: Asked | Said, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Meet a sentence that asks for nothing by name: a slip of the finger, or something to coach on."""
    if slip := _slip(asked.text, playbook):
        return slip
    return advise(asked, work, playbook, now)


def advise(asked: Asked | Said, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Meet a sentence with the practice that fits, or with a human answer where none does."""
    advice = playbook.advisor.advise(asked.text)
    if advice.kind is not Kind.PRACTICE:
        return (Say(cards.other(asked.text, advice, playbook)),)
    reading = read(asked.text, names=playbook.trading.spellings)
    found = _found(asked.text, advice, reading, work, heard(asked.text))
    if found.reading.asked:
        remember(asked.text, work, now)
    return (Say(cards.practice(found, playbook)),)


def quoted(event: Quoted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Coach on the message that was pointed at, in the conversation where only this person reads."""
    text = event.text.strip()
    if not text:
        return (Say(cards.wordless(), lasting=True),)
    told = reported(text)
    advice = playbook.advisor.advise(told)
    found = _found(told, advice, read_message(text, playbook.trading.spellings), work, point_of(text))
    if found.reading.asked:
        remember(_demand(told, found.reading, playbook), work, now)
    return (Say(cards.message(event, found, playbook), lasting=True),)


def refusal(text: str, playbook: Playbook) -> Answer | None:
    """A short no and an honest line where a text asks to deceive; None where it doesn't."""
    advice = playbook.advisor.advise(text)
    return (Say(cards.other(text, advice, playbook)),) if advice.kind is Kind.DECEIT else None


def understood(text: str, playbook: Playbook) -> dict[str, Any]:
    """Say what is understood of a sentence, in the shape that `ask --json` prints.

    `practices` are ids, best first; `gives` and `gets` hold {"what", "amount", "unit", "limit"}.
    """
    advice: Advice = playbook.advisor.advise(text)
    reading = read(text, names=playbook.trading.spellings)
    return {
        "text": text,
        "practices": list(advice.practices),
        "gives": [_plainly(one) for one in reading.gives],
        "gets": [_plainly(one) for one in reading.gets],
    }


def remembered(work: Unit) -> str:
    """The demand that was coached on last, to go on with in a plan."""
    waiting = work.conversations.get()
    return waiting.data.get(REMEMBERED, "") if waiting else ""


def _found(text: str, advice: Advice, reading: Reading, work: Unit, said: str) -> cards.Found:
    """Put together what a sentence holds; a demand that names no deal is about the one planned last."""
    named = about(text, work)
    deal = whose.meant(named, work) if reading.asked else named.deal
    plan = work.plans.of(deal.id) if deal else None
    return cards.Found(advice=advice, reading=reading, heard=said, deal=deal, plan=plan)


def _demand(told: str, reading: Reading, playbook: Playbook) -> str:
    """What a message asks for, in words that read as a demand: "can we do 20%?" alone may be our own offer."""
    if read(told, names=playbook.trading.spellings).asked:
        return told
    return f"They want {listed([noun(one, playbook.trading) for one in reading.asked])}"


def remember(text: str, work: Unit, now: datetime) -> None:
    """Keep a demand for the button that plans it, beside a dialogue under way, which goes on."""
    waiting = work.conversations.get() or Conversation(REMEMBERED, _VERSION, {})
    work.conversations.put(waiting.kind, waiting.version, waiting.data | {REMEMBERED: text[:_WORDS_MAX]}, now)


def _slip(text: str, playbook: Playbook) -> Answer | None:
    """Ask whether a mistyped first word was a request; a sentence that can be coached on is none."""
    verb = nearest_verb(text)
    first, _, rest = text.strip().partition(" ")
    if not verb or len(text) > _REPEATED or len(text.split()) > _SLIP_WORDS:
        return None
    if playbook.advisor.advise(text).kind is Kind.PRACTICE:
        return None
    whole = f"{verb} {rest}".strip()
    meant = whole if read_request(whole) else verb
    said = f"I don't know “{clip(first, 30)}”. Did you mean {verb}?"
    again = Button(clip(meant, 70), "verb.run", meant, "primary")
    return (Say(Card(said, (prose(said), Buttons((again, Button("Show me everything", "help.show")))))),)


def _plainly(tradable: Tradable) -> dict[str, object]:
    amount = tradable.amount
    whole = amount is not None and amount == amount.to_integral_value()
    return {
        "what": tradable.what,
        "amount": None if amount is None else int(amount) if whole else float(amount),
        "unit": tradable.unit,
        "limit": tradable.limit,
    }
