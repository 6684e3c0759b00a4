"""The planner's conversation: every answer, typed or pressed, and the question that comes next."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from bot.chat.cards import Block, Card
from bot.chat.replies import Answer, Refresh, Say
from bot.coach import answering, planning
from bot.coach.planning import Heard
from bot.coach.plans import Entry, Estimate, Floor, Plan, Step
from bot.coach.preparation import Certainty
from bot.coach.reading import Reading
from content.library import Playbook
from handlers import plan_cards, plan_view, plan_words
from handlers.plan_turn import Turn

TALK = "plan"
VERSION = 1
UNREAD_MAX = 2
_PLAN = TypeAdapter(Plan)
# What was asked where it is no step: which amount, and whether to clear everything.
CHANGING = "entry:"
OVER = "over"


def answer(turn: Turn, sentence: str, asked: Step | None = None) -> Answer:
    """Take a sentence as an answer to what is `asked`, else to what comes next, with everything else it holds."""
    step, playbook = asked or turn.plan.step, turn.playbook
    reading = answering.understand(sentence, step, playbook.trading.spellings)
    after, heard = answering.answer(turn.plan, step, sentence, reading, playbook.trading.typical)
    return proceed(turn, after, heard)


def merged(plan: Plan, reading: Reading, playbook: Playbook) -> tuple[Plan, Heard]:
    """Put what was read into a plan, with our catalogue's guesses of what it is worth."""
    return planning.merge(plan, reading, playbook.trading.typical)


def proceed(turn: Turn, plan: Plan, heard: Heard | None = None, lead: str = "") -> Answer:
    """Keep the plan as it is now, say what was understood, and ask for what is still missing."""
    heard = heard or Heard()
    turn.work.plans.change(plan, turn.now)
    unread = heard.unread[:UNREAD_MAX] if plan.step in (Step.GIVES, Step.GETS) else ()
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


def ask_change(turn: Turn, entry: Entry, lead: str = "") -> Answer:
    """Ask what a line of the plan should be instead."""
    _remember(turn, turn.plan, f"{CHANGING}{entry.id}")
    return (Say(plan_cards.change(turn, entry, lead), lasting=True),)


def ask_over(turn: Turn) -> Answer:
    """Ask whether everything in the plan may go."""
    _remember(turn, turn.plan, OVER)
    return (Say(plan_cards.over(turn)),)


def over(turn: Turn) -> Answer:
    """Clear the plan and ask from the start."""
    return proceed(turn, planning.cleared(turn.plan), lead="All cleared; the deal itself stays.")


def skip(turn: Turn, step: Step) -> Answer:
    """Go on without an answer: not knowing is one too, and no agreement to our guesses."""
    plan = planning.settle(turn.plan, step)
    match step:
        case Step.FLOOR if plan.floor is None:
            return proceed(turn, replace(plan, floor=Floor.LEVEL), lead=plan_words.FLOOR_UNKNOWN)
        case Step.BEHIND:
            unknown = replace(plan, behind="", certainty=Certainty.UNKNOWN)
            return proceed(turn, unknown, lead=plan_words.behind_unknown(turn))
        case Step.DEMAND:
            return proceed(turn, planning.settle(plan, Step.BEHIND))
        case Step.GIVES | Step.GETS | Step.WORTHS | Step.FLOOR:
            return proceed(turn, plan)


def keep(turn: Turn, step: Step) -> Answer:
    """Go on with what is noted; with nothing noted, ask again."""
    plan = turn.plan
    noted = {
        Step.DEMAND: bool(plan.demand),
        Step.BEHIND: bool(plan.behind),
        Step.GIVES: bool(plan.gives),
        Step.GETS: bool(plan.gets),
        Step.FLOOR: plan.floor is not None,
    }
    if step is Step.WORTHS:
        return agree(turn)
    return proceed(turn, planning.settle(plan, step) if noted[step] else plan)


def agree(turn: Turn) -> Answer:
    """Take the worths as they are: what things cost or bring us the rep knows, theirs stay guesses."""
    checked = tuple(replace(one, ours=Estimate(one.ours.worth, known=True)) for one in turn.plan.entries)
    return proceed(turn, planning.settle(replace(turn.plan, entries=checked), Step.WORTHS))


def back(turn: Turn, asked: Step | None) -> Answer:
    """Ask the question before `asked` again."""
    step = planning.before(asked)
    if step is Step.BEHIND and not (turn.plan.demand or turn.plan.behind):
        step = Step.DEMAND
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


def unread(turn: Turn) -> tuple[str, ...]:
    """What of the last answer to this plan wasn't understood, as typed."""
    waiting = _waiting(turn)
    return tuple(filter(None, waiting.get("unread", "").split("\n")))


def _remember(turn: Turn, plan: Plan, asked: str, unread: tuple[str, ...] = ()) -> None:
    """Keep what is asked, and the plan as it was before the last change."""
    before = turn.plan if plan != turn.plan else _before(turn)
    kept = _PLAN.dump_json(before).decode() if before else ""
    words = "\n".join(" ".join(one.split()) for one in unread)
    data = {"plan": plan.id, "asked": asked, "unread": words, "before": kept}
    turn.work.conversations.put(TALK, VERSION, data, turn.now)


def _before(turn: Turn) -> Plan | None:
    kept = _waiting(turn).get("before", "")
    return _PLAN.validate_json(kept) if kept else None


def _waiting(turn: Turn) -> Mapping[str, str]:
    """What is kept between two turns about this plan; nothing where the talk is about something else."""
    waiting = turn.work.conversations.get()
    if (
        waiting is None
        or (waiting.kind, waiting.version) != (TALK, VERSION)
        or waiting.data.get("plan") != turn.plan.id
    ):
        return {}
    return waiting.data


def _said(blocks: tuple[Block, ...]) -> tuple[Say, ...]:
    return (Say(Card("Noted", blocks)),) if blocks else ()
