"""`counter <what the client asks>`: a demand in, two or three exchanges out, from the plan or the usual ones."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Heading, prose, quiet, strong
from bot.chat.events import Asked, Happening, Pressed
from bot.chat.replies import Answer, Say
from bot.coach.deals import Deal
from bot.coach.reading import Reading, read
from bot.coach.tradables import Side
from content.library import Playbook
from handlers import coaching, trade_words
from handlers.about import about, nearest
from handlers.exchanges import demanded, exchange_blocks, exchanges, over_limit
from handlers.finding import named
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_card
from handlers.wording import clip
from store.unit import Unit

AWAITS_DEMAND = "counter"
_ASK = "What are they asking for? Type it as they said it, for example: counter 15% off or they walk."


def counter(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer a demand with exchanges that keep value."""
    if not asked.text.strip():
        return _which(asked, work, now)
    if refused := coaching.refusal(asked.text, playbook):
        return refused
    found = about(asked.text, work)
    if found.unknown:
        deal = named(found.unknown, work, "plan.open", start="plan")
        return (Say(deal if isinstance(deal, Card) else _answer(found.words, deal, work, playbook)),)
    return (Say(_answer(found.words, found.deal or nearest(work), work, playbook)),)


def demand(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take a sentence as the demand, after `counter` asked for it."""
    work.conversations.end()
    return counter(asked, work, playbook, now)


def ask(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Ask for the demand, from a button."""
    return _which(pressed, work, now)


def _which(event: Happening, work: Unit, now: datetime) -> Answer:
    if event.direct:
        work.conversations.put(AWAITS_DEMAND, 1, {}, now)
    return (Say(Card("What are they asking for?", (prose(_ASK), Buttons((Button("Plan trades", "plan.ask"),))))),)


def _answer(words: str, deal: Deal | None, work: Unit, playbook: Playbook) -> Card:
    reading = read(words, Side.GIVE, playbook.trading.spellings)
    if reading.problems:
        return problem_card(reading.problems)
    return _card(words, reading, deal, work, playbook)


def _card(words: str, reading: Reading, deal: Deal | None, work: Unit, playbook: Playbook) -> Card:
    trading = playbook.trading
    plan = work.plans.of(deal.id) if deal else None
    wanted = demanded(reading)
    title = f"They ask for {trade_words.noun(wanted, trading)}" if wanted else f"They said: “{clip(words)}”"
    unread = "I didn't find what they want in that, so these are trades that fit most deals." if wanted is None else ""
    source = (
        f"From your plan for {clip(deal.name)}."
        if deal and plan and plan.entries
        else "The usual ones; a plan makes them yours."
    )
    ask_first = trade_words.behind(wanted, trading)[0]
    blocks = (
        Heading(title),
        *((prose(unread),) if unread else ()),
        *over_limit(wanted, plan, trading),
        prose(strong("First: "), f"“{ask_first}”"),
        prose(strong("Then trade: ")),
        *exchange_blocks(exchanges(wanted, plan, trading), trading),
        _next_steps(deal, has_plan=bool(plan and plan.entries)),
        quiet(f"{source} {ONLY_YOU}"),
    )
    return Card(title, blocks)


def _next_steps(deal: Deal | None, *, has_plan: bool) -> Buttons:
    if deal is None:
        return Buttons((Button("Plan trades", "plan.ask", style="primary"),))
    label = "Open the plan" if has_plan else f"Plan trades for {clip(deal.name, 40)}"
    return Buttons((Button(label, "plan.open", deal.id, "primary"), Button("What moved?", "moved.show", deal.id)))
