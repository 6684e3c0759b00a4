"""How coaching looks: one practice, a sentence to say, a question to ask; or a human answer."""

from dataclasses import dataclass

from bot.chat.cards import Block, Button, Buttons, Card, Points, Quote, prose, quiet, runs, strong
from bot.chat.events import Quoted
from bot.chat.text import shorten
from bot.coach.coaching import Advice, Kind
from bot.coach.deals import Deal
from bot.coach.plans import Plan
from bot.coach.practices import Practice
from bot.coach.reading import Reading
from content.library import Playbook, fill, slots_of
from handlers import trade_words
from handlers.exchanges import demanded, exchange_blocks, exchanges, over_limit
from handlers.prep_cards import ONLY_YOU
from handlers.problems import problem_sentence
from handlers.wording import clip, listed

# Enough to know the message again; one that long is answered in a meeting.
QUOTED_MAX = 2000
_ALTERNATIVES = 2
_SHORTENED = "It is longer than that; I quote how it begins."
_WORDLESS = (
    "I found no words in that message: pictures and files I can't read. Nothing was kept. Write me what it says, and "
    "we work on the answer."
)
_BEFORE_ANSWERING = "Before you answer: name what matters to them, then ask one open question about it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a sentence holds: the practices that fit, gives and gets, and the deal and the plan it may be about.

    `heard` are the client's own words, turned to face the client; empty where there are none.
    """

    advice: Advice
    reading: Reading
    heard: str
    deal: Deal | None
    plan: Plan | None


def practice(found: Found, playbook: Playbook) -> Card:
    """Meet a sentence with the practice that fits it best, and with the next two where they are close."""
    first = playbook.practice(found.advice.practices[0])
    blocks = (
        prose(strong(f"{first.title}. "), first.how[0]),
        *(prose(problem_sentence(problem)) for problem in found.reading.problems[:1]),
        prose("You could say:"),
        Quote(_sayable(first, found, playbook, found.heard)),
        *_trades(found, playbook),
        *_alternatives(found, playbook),
        _next_steps(first, found),
        quiet(ONLY_YOU),
    )
    return Card(first.title, blocks)


def message(event: Quoted, found: Found, playbook: Playbook) -> Card:
    """Coach on a client's message: it is quoted, then met."""
    if found.advice.kind is Kind.PRACTICE:
        met = practice(found, playbook)
        return Card(f"A message to answer: {met.summary}", (*quotation(event), *met.blocks))
    steps = (_next_steps(playbook.practice("connection.empathy"), found), quiet(ONLY_YOU))
    blocks = (*quotation(event), prose(_BEFORE_ANSWERING), *_trades(found, playbook), *steps)
    return Card("A message to answer", blocks)


def quotation(event: Quoted) -> tuple[Block, ...]:
    """Quote a message, saying who wrote it where that is known and that it goes on where it is long."""
    text = event.text.strip()
    begins = shorten(text, QUOTED_MAX)
    author = clip(event.author)
    who = prose(f"{author} wrote:" if author else "They wrote:")
    return (who, Quote(begins), *(() if begins == text else (quiet(_SHORTENED),)))


def wordless() -> Card:
    """Ask for the words of a message that has none."""
    return Card(
        "I found no words in that message.", (prose(_WORDLESS), Buttons((Button("What I can do", "help.show"),)))
    )


def other(text: str, advice: Advice, playbook: Playbook) -> Card:
    """Meet what is no matter for a practice: a greeting, a term, a wish to deceive, something else."""
    talk = playbook.talk
    match advice.kind:
        case Kind.DECEIT if advice.deceit:
            refused = talk.honesty[advice.deceit]
            steps = Buttons((Button("Counter a demand", "counter.ask"), Button("Plan trades", "plan.ask")))
            return Card(refused.no, (prose(refused.no), prose("Honest, and it works:"), Quote(refused.instead), steps))
        case Kind.QUESTION:
            term = talk.terms[advice.term]
            name = f"{term.names[0][:1].upper()}{term.names[0][1:]}"
            steps = Buttons((Button("Plan trades", "plan.ask"), Button("A tip for today", "tip.show")))
            return Card(name, (prose(strong(f"{name}. "), term.means), prose(f"For example: {term.example}"), steps))
        case kind:
            said = talk.answer(kind, text)
            return Card(
                said,
                (prose(said), Buttons((Button("Prepare a meeting", "prep.ask"), Button("What I can do", "help.show")))),
            )


def _sayable(practice: Practice, found: Found, playbook: Playbook, heard: str = "") -> str:
    """A sentence with little to fill in: the trade that is meant, or the client's own words with a question."""
    reading, trading = found.reading, playbook.trading
    if practice.pillar == "balance" and reading.asked:
        best = exchanges(reading, found.plan, trading).trades[0]
        return trade_words.question([best.give], best.gets, trading)
    if practice.pillar == "balance" and (reading.gives or reading.gets):
        return trade_words.offer(reading.gives, reading.gets, trading)
    if heard:
        asks = trade_words.behind(None, trading)[0] if practice.pillar == "balance" else practice.questions[0]
        return f"You said {heard}. {asks}"
    client = found.deal.client if found.deal else ""
    ready = [phrase for phrase in practice.phrases if slots_of(phrase) <= ({"client"} if client else set())]
    return fill(max(ready, key=lambda phrase: len(slots_of(phrase)), default=_nearly_ready(practice)), client=client)


def _nearly_ready(practice: Practice) -> str:
    """A phrase with something to fill in; where that is the very thing to find out, the question that does."""
    phrase = next((one for one in practice.phrases if "priority" not in slots_of(one)), "")
    question = next((one for one in practice.questions if not slots_of(one)), "")
    return phrase or question or practice.phrases[0]


def _trades(found: Found, playbook: Playbook) -> tuple[Block, ...]:
    if not found.reading.asked:
        return ()
    wanted, trading = demanded(found.reading), playbook.trading
    lead = prose(
        strong(f"For {clip(listed([trade_words.noun(one, trading) for one in wanted]), 100)} you could trade:")
    )
    trades = exchange_blocks(exchanges(found.reading, found.plan, trading), trading)
    return (*over_limit(wanted, found.plan, trading), lead, *trades[:1])


def _alternatives(found: Found, playbook: Playbook) -> tuple[Block, ...]:
    """What else it could be about; a demand has its trades, and needs no more to read."""
    if not found.advice.close or found.reading.asked:
        return ()
    others = [playbook.practice(this) for this in found.advice.practices[1 : 1 + _ALTERNATIVES]]
    lines = (runs(strong(f"{one.title}: "), f"“{_sayable(one, found, playbook)}”") for one in others)
    return (prose("Or, if that is closer:"), Points(tuple(lines)))


def _next_steps(practice: Practice, found: Found) -> Buttons:
    deal, more = found.deal, Button("More on this", "tip.show", practice.id)
    if found.reading.asked:
        whose = Button("Plan it", "coach.whose", style="primary")
        known = Button(f"Plan it for {clip(deal.name, 40)}", "coach.plan", deal.id, "primary") if deal else whose
        return Buttons((known, more))
    if practice.pillar == "balance":
        return Buttons((Button("Plan trades", "plan.ask", style="primary"), more))
    prepare = Button("Prepare the meeting", "prep.open", deal.id) if deal else Button("Prepare a meeting", "prep.ask")
    return Buttons((more, prepare))
