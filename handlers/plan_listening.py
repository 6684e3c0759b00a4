"""What a rep types while a plan is under way: an answer, a wish to steer, or something else altogether."""

from datetime import datetime
from typing import Literal

from bot.chat.events import Asked
from bot.chat.replies import Answer, Say
from bot.coach import planning
from bot.coach.coaching import Kind
from bot.coach.controls import Control, Steer, control
from bot.coach.planning import Heard
from bot.coach.plans import Entry, Plan, Step
from bot.coach.reading import read
from bot.coach.worths import mentioned, rated
from content.library import Playbook
from handlers import coaching, plan_cards, plan_talk
from handlers.plan_turn import Turn
from handlers.wording import clip
from store.unit import Unit

_STEP_NAMES = {
    Step.DEMAND: ("demand", "ask", "request", "what they want", "what they ask"),
    Step.BEHIND: ("reason", "why", "behind", "motive", "what is behind it"),
    Step.FLOOR: ("walk-away", "walk away", "walkaway", "floor", "limit", "batna", "reservation point"),
    Step.WORTHS: ("worth", "worths", "values", "estimates", "guesses"),
    Step.GIVES: ("gives", "what we give"),
    Step.GETS: ("gets", "what we get", "asks"),
}


def hear(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence for the plan under way here; None where it is about something else."""
    waiting = work.conversations.get()
    plan = work.plans.get(waiting.data.get("plan", "")) if waiting and waiting.version == plan_talk.VERSION else None
    deal = work.deals.get(plan.deal_id) if plan else None
    if waiting is None or plan is None or deal is None:
        work.conversations.end()
        return None
    turn = Turn(work, playbook, now, deal, plan)
    if steered := control(asked.text):
        return _steer(turn, steered)
    subject = waiting.data.get("asked", "")
    if subject.startswith(plan_talk.CHANGING):
        return _change(turn, turn.entry(subject.removeprefix(plan_talk.CHANGING)), asked.text)
    if aside := _aside(asked, turn):
        return aside
    return plan_talk.answer(turn, asked.text) if plan.step or _adds(plan, asked.text, playbook) else None


def _steer(turn: Turn, wish: Control) -> Answer | None:
    """Go where the rep wants to; None where there is no question that the words could be about."""
    match wish.steer:
        case Steer.BACK:
            return plan_talk.back(turn, turn.plan.step)
        case Steer.OVER:
            return (Say(plan_cards.over(turn)),)
        case Steer.SHOW:
            return plan_talk.proceed(turn, turn.plan)
        case Steer.UNDO:
            return plan_talk.undo(turn)
        case Steer.CHANGE | Steer.DROP:
            return _edit(turn, wish)
        case Steer.LATER | Steer.NOTHING | Steer.RIGHT:
            return _close(turn, turn.plan.step, wish.steer) if turn.plan.step else None


def _close(turn: Turn, step: Step, how: Literal[Steer.LATER, Steer.NOTHING, Steer.RIGHT]) -> Answer:
    """Leave a question; `ok` to one that has nothing in it yet asks it again."""
    if how is Steer.LATER:
        return plan_talk.later(turn)
    full = {Step.GIVES: bool(turn.plan.gives), Step.GETS: bool(turn.plan.gets), Step.WORTHS: True}
    if how is Steer.NOTHING or full.get(step):
        return plan_talk.skip(turn, step)
    return plan_talk.proceed(turn, turn.plan)


def _edit(turn: Turn, wish: Control) -> Answer | None:
    """Change a line, or take it off; what names no line may name a question."""
    entry = next(mentioned(turn.plan, wish.about), None)
    if entry is None:
        return _ask_again(turn, wish)
    if wish.steer is Steer.DROP:
        gone = plan_cards.taken_off(turn, [entry.tradable])
        return plan_talk.proceed(turn, planning.drop(turn.plan, (entry.id,)), lead=gone)
    return _change(turn, entry, wish.anew) if wish.anew else plan_talk.ask_change(turn, entry)


def _ask_again(turn: Turn, wish: Control) -> Answer | None:
    folded = wish.about.casefold()
    step = next((step for step, names in _STEP_NAMES.items() if folded in names), None)
    if step and wish.steer is Steer.CHANGE:
        again = turn.of(planning.reopen(turn.plan, step))
        return plan_talk.answer(again, wish.anew) if wish.anew else plan_talk.proceed(again, again.plan)
    unknown = f"I don't find “{clip(wish.about)}” in this plan."
    return plan_talk.proceed(turn, turn.plan, lead=unknown) if turn.plan.step else None


def _change(turn: Turn, entry: Entry, words: str) -> Answer:
    """Put what was typed in the place of an entry; an amount alone is an amount of the same thing."""
    if anew := planning.amount_of(entry, words, turn.playbook.trading.spellings):
        return plan_talk.proceed(turn, planning.change(turn.plan, anew), Heard(changed=(entry.id,)))
    after, ids = rated(turn.plan, f"{entry.tradable.what}: {words}")
    return plan_talk.proceed(turn, after, Heard(changed=ids)) if ids else plan_talk.ask_change(turn, entry)


def _aside(asked: Asked, turn: Turn) -> Answer | None:
    """A question in the middle, or a wish to deceive, is answered; then the plan goes on."""
    advice = turn.playbook.advisor.advise(asked.text)
    is_question = asked.text.rstrip().endswith("?") and not _adds(turn.plan, asked.text, turn.playbook)
    if turn.plan.step is None or not (is_question or advice.kind in (Kind.DECEIT, Kind.QUESTION)):
        return None
    return (*coaching.advise(asked, turn.work, turn.playbook, turn.now), *plan_talk.proceed(turn, turn.plan))


def _adds(plan: Plan, words: str, playbook: Playbook) -> bool:
    """Say whether a sentence holds something for the plan, not a fresh demand or a question."""
    reading = read(words, planning.leaning(plan.step), playbook.trading.spellings)
    if plan.step is None and reading.demanded:
        return False
    return bool(reading.gives or reading.gets or reading.problems)
