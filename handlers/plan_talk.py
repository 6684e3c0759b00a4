"""The planner's conversation: every answer, typed or pressed, and the question that comes next."""

from dataclasses import replace

from pydantic import TypeAdapter

from bot.chat.cards import Block, Card
from bot.chat.replies import Answer, Refresh, Say
from bot.coach import planning
from bot.coach.planning import Heard
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step
from bot.coach.reading import Reading, read
from content.library import Playbook
from handlers import plan_cards, plan_view
from handlers.plan_turn import Turn

TALK = "plan"
VERSION = 1
_PLAN = TypeAdapter(Plan)
CHANGING = "entry:"


def answer(turn: Turn, sentence: str) -> Answer:
    """Take a sentence as an answer to what is asked, with everything else it holds."""
    step, playbook = turn.plan.step, turn.playbook
    reading = read(sentence, planning.leaning(step), playbook.trading.spellings)
    after, heard = planning.answer(turn.plan, step, sentence, reading, playbook.trading.typical)
    return proceed(turn, after, heard)


def merged(plan: Plan, reading: Reading, playbook: Playbook) -> tuple[Plan, Heard]:
    """Put what was read into a plan, with our catalogue's guesses of what it is worth."""
    return planning.merge(plan, reading, playbook.trading.typical)


def proceed(turn: Turn, plan: Plan, heard: Heard | None = None, lead: str = "") -> Answer:
    """Keep the plan as it is now, say what was understood, and ask for what is still missing."""
    heard = heard or Heard()
    turn.work.plans.change(plan, turn.now)
    unread = heard.unread[0] if heard.unread and plan.step in (Step.GIVES, Step.GETS) else ""
    _remember(turn, plan, plan.step or "", unread)
    turn = turn.of(plan)
    said = plan_cards.understood(turn, heard, lead)
    if plan.step:
        return (Say(plan_cards.question(turn, plan.step, said, unread), lasting=True),)
    return (*_said(said), *show(turn))


def show(turn: Turn) -> Answer:
    """Show the whole plan; what shows it already changes in place."""
    card, subject = plan_view.card(turn), plan_view.subject(turn.plan)
    return (Say(card, lasting=True, subject=subject), Refresh(card, subject))


def ask_change(turn: Turn, entry: Entry) -> Answer:
    """Ask what a line of the plan should be instead."""
    _remember(turn, turn.plan, f"{CHANGING}{entry.id}")
    return (Say(plan_cards.change(turn, entry), lasting=True),)


def skip(turn: Turn, step: Step) -> Answer:
    """Go on without an answer: not knowing is one too."""
    plan = planning.settle(turn.plan, step)
    match step:
        case Step.FLOOR:
            return proceed(turn, replace(plan, floor=plan.floor or Floor.LEVEL), lead=plan_cards.FLOOR_UNKNOWN)
        case Step.BEHIND:
            return proceed(turn, plan, lead=plan_cards.behind_unknown(turn))
        case Step.WORTHS:
            return agree(turn)
        case Step.DEMAND | Step.GIVES | Step.GETS:
            return proceed(turn, plan)


def agree(turn: Turn) -> Answer:
    """Take the worths as they are: what things cost or bring us the rep knows, theirs stay guesses."""
    checked = tuple(replace(one, ours=Estimate(one.ours.worth, known=True)) for one in turn.plan.entries)
    return proceed(turn, planning.settle(replace(turn.plan, entries=checked), Step.WORTHS))


def back(turn: Turn, asked: Step | None) -> Answer:
    """Ask the question before `asked` again."""
    step = planning.before(asked)
    if step is None:
        return proceed(turn, turn.plan, lead="That was the first question.")
    return proceed(turn, planning.reopen(turn.plan, step))


def later(turn: Turn) -> Answer:
    """Let it rest; nothing is lost."""
    turn.work.conversations.end()
    return (Say(plan_cards.resting(turn)),)


def undo(turn: Turn) -> Answer:
    """Take back what was last changed in this plan; done twice, it is there again."""
    before = _before(turn)
    if not before or before == turn.plan:
        return back(turn, turn.plan.step)
    return proceed(turn, before, lead="Taken back.")


def _remember(turn: Turn, plan: Plan, asked: str, unread: str = "") -> None:
    """Keep what is asked, and the plan as it was before the last change."""
    before = turn.plan if plan != turn.plan else _before(turn)
    kept = _PLAN.dump_json(before).decode() if before else ""
    data = {"plan": plan.id, "asked": asked, "unread": unread, "before": kept}
    turn.work.conversations.put(TALK, VERSION, data, turn.now)


def _before(turn: Turn) -> Plan | None:
    waiting = turn.work.conversations.get()
    if waiting is None or waiting.kind != TALK or waiting.data.get("plan") != turn.plan.id:
        return None
    kept = waiting.data.get("before", "")
    return _PLAN.validate_json(kept) if kept else None


def _said(blocks: tuple[Block, ...]) -> tuple[Say, ...]:
    return (Say(Card("Noted", blocks)),) if blocks else ()
