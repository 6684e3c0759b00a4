"""`counter <what the client asks>`: a demand in, two or three exchanges out, from the plan or the usual ones."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Heading, prose, quiet, strong
from bot.chat.events import Asked, Happening, Pressed
from bot.chat.replies import Answer, Say
from bot.coach.coaching import Kind
from bot.coach.deals import Deal
from bot.coach.messages import read_message, speaks
from bot.coach.reading import Reading, read
from bot.coach.tradables import Side
from content.catalogue import Trading
from content.library import Playbook
from handlers import coaching, trade_words, whose
from handlers.about import About, about, nearest
from handlers.exchanges import demanded, exchange_blocks, exchanges, over_limit
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_card
from handlers.wording import clip, listed
from store.unit import Unit

AWAITS_DEMAND = "counter"
_TITLE = 140
_USUAL = {
    False: "The usual ones; a plan makes them yours.",
    True: "The usual ones; your plan has no trade for this yet.",
}
# What a demand that names nothing may sound like; a greeting or a question of one's own is none.
_DEMANDING = frozenset({Kind.PRACTICE, Kind.UNCLEAR, Kind.DECEIT})
_ASK = "What are they asking for? Type it as they said it, for example: counter 15% off or they walk."


def counter(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer a demand with exchanges that keep value."""
    if not asked.text.strip():
        return _which(asked, work, now)
    if refused := coaching.refusal(asked.text, playbook):
        return refused
    found = about(asked.text, work)
    if found.unknown:
        return whose.ask("counter", found, work, now)
    card = _answer(found.words, whose.meant(found, work), work, playbook)
    return _whose_else(card, found, work, now) if found.other else (Say(card),)


def answer_in(words: str, deal: Deal, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Answer a demand that was typed before, in the deal that is chosen for it now."""
    return (Say(_answer(words, deal, work, playbook)),)


def demand(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence as the demand, after `counter` asked for it; None where it is about something else."""
    reading = _read(asked.text, playbook)
    is_demand = reading.gives or reading.asked or reading.problems
    if not is_demand and playbook.advisor.advise(asked.text).kind not in _DEMANDING:
        return None
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
    reading = _read(words, playbook)
    if reading.problems:
        return problem_card(reading.problems)
    return _card(words, reading, deal, work, playbook)


def _read(words: str, playbook: Playbook) -> Reading:
    """Read a demand as a rep tells it, or as they said it."""
    names = playbook.trading.spellings
    return read_message(words, names, Side.GIVE) if speaks(words) else read(words, Side.GIVE, names)


def _whose_else(card: Card, found: About, work: Unit, now: datetime) -> Answer:
    """Lean on no plan where somebody opens the sentence who is no deal of mine; ask whether the nearest is meant."""
    said = f"“{clip(found.other)}” is none of your deals, so this leans on no plan."
    deal = nearest(work)
    whose.keep("counter", found.words, work, now)
    is_it = Buttons((Button(f"It's about {clip(deal.name, 40)}", "whose.deal", deal.id),)) if deal else None
    return (Say(Card(card.summary, (*card.blocks, quiet(said), *((is_it,) if is_it else ())))),)


def _card(words: str, reading: Reading, deal: Deal | None, work: Unit, playbook: Playbook) -> Card:
    trading = playbook.trading
    plan = work.plans.of(deal.id) if deal else None
    wanted, offers = demanded(reading), exchanges(reading, plan, trading)
    title = _title(words, reading, trading)
    unread = (
        () if wanted else (prose("I didn't find what they want in that, so these are trades that fit most deals."),)
    )
    source = f"From your plan for {clip(deal.name)}." if deal and offers.planned else _USUAL[plan is not None]
    blocks = (
        Heading(title),
        *unread,
        *over_limit(wanted, plan, trading),
        prose(strong("First: "), f"“{trade_words.behind(wanted[0] if wanted else None, trading)[0]}”"),
        prose(strong("Then trade: ")),
        *exchange_blocks(offers, trading),
        _next_steps(deal, has_plan=bool(plan and plan.entries)),
        quiet(f"{source} {ONLY_YOU}"),
    )
    return Card(title, blocks)


def _title(words: str, reading: Reading, trading: Trading) -> str:
    """Say what they ask for, and what they offer by themselves."""
    if not (wanted := demanded(reading)):
        return f"They said: “{clip(words)}”"
    offered = [trade_words.noun(get, trading) for get in reading.gets]
    and_offer = f", and offer {listed(offered)}" if offered else ""
    return clip(f"They ask for {listed([trade_words.noun(one, trading) for one in wanted])}{and_offer}", _TITLE)


def _next_steps(deal: Deal | None, *, has_plan: bool) -> Buttons:
    if deal is None:
        return Buttons((Button("Plan trades", "plan.ask", style="primary"),))
    label = "Open the plan" if has_plan else f"Plan trades for {clip(deal.name, 40)}"
    return Buttons((Button(label, "plan.open", deal.id, "primary"), Button("What moved?", "moved.show", deal.id)))
