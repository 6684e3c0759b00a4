"""What a rep types while a plan is under way: an answer, a wish to steer, or something else altogether."""

import re
from datetime import datetime
from typing import Literal

from bot.chat.events import Asked
from bot.chat.replies import Answer, Say
from bot.coach import planning
from bot.coach.answering import leaning
from bot.coach.coaching import Kind
from bot.coach.controls import Control, Steer, control
from bot.coach.planning import Heard
from bot.coach.plans import Entry, Plan, Step
from bot.coach.reading import Problem, read
from bot.coach.worths import mentioned, rated
from content.library import Playbook
from handlers import coaching, grammar, plan_talk, plan_view, plan_words
from handlers.answers import is_request
from handlers.plan_turn import Turn
from handlers.problems import problem_sentence
from handlers.wording import clip
from store.unit import Unit

_STEP_NAMES = {
    Step.DEMAND: ("demand", "ask", "request", "what they want", "what they ask"),
    Step.BEHIND: ("reason", "why", "behind", "motive", "what is behind it"),
    Step.FLOOR: ("walk-away", "walk away", "walkaway", "floor", "batna", "reservation point"),
    Step.WORTHS: ("worth", "worths", "values", "estimates", "guesses"),
    Step.GIVES: ("gives", "what we give"),
    Step.GETS: ("gets", "what we get", "asks"),
}
# These answer "what should it be?" and "clear everything?" with: leave it.
_LET_GO = frozenset({Steer.BACK, Steer.NOTHING, Steer.RIGHT, Steer.UNDO})
_LIMIT = re.compile(r"(?:upper )?limit|ceiling|max(?:imum)?", re.IGNORECASE)
_ASIDES = frozenset({Kind.DECEIT, Kind.QUESTION})
_IN_A_MOMENT = "We come to that in a moment."


def hear(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer | None:
    """Take a sentence for the plan under way here; None where it is about something else."""
    turn, asked_for = _under_way(work, playbook, now)
    if turn is None or is_request(asked.text, work):
        return None
    steered = control(asked.text)
    if asked_for == plan_talk.OVER and steered and steered.steer is Steer.RIGHT:
        return plan_talk.over(turn)
    if steered:
        is_open = asked_for == plan_talk.OVER or _in_question(turn, asked_for) is not None
        return plan_talk.proceed(turn, turn.plan) if is_open and steered.steer in _LET_GO else _steer(turn, steered)
    if aside := _aside(asked, turn, asked_for):
        return aside
    if asked_for.startswith(plan_talk.CHANGING):
        return _change_asked(turn, asked_for, asked.text)
    return _answer(turn, asked.text)


def _under_way(work: Unit, playbook: Playbook, now: datetime) -> tuple[Turn | None, str]:
    """The plan that is talked about, and what was asked; a talk whose plan is gone ends."""
    waiting = work.conversations.get()
    plan = work.plans.get(waiting.data.get("plan", "")) if waiting and waiting.version == plan_talk.VERSION else None
    deal = work.deals.get(plan.deal_id) if plan else None
    if waiting is None or plan is None or deal is None:
        work.conversations.end()
        return None, ""
    return Turn(work, playbook, now, deal, plan), waiting.data.get("asked", "")


def _answer(turn: Turn, words: str) -> Answer | None:
    return plan_talk.answer(turn, words) if turn.plan.step or _adds(turn.plan, words, turn.playbook) else None


def _steer(turn: Turn, wish: Control) -> Answer | None:
    """Go where the rep wants to; None where there is no question that the words could be about."""
    match wish.steer:
        case Steer.BACK:
            return plan_talk.back(turn, turn.plan.step)
        case Steer.OVER:
            return plan_talk.ask_over(turn)
        case Steer.SHOW:
            return (*(_so_far(turn) if turn.plan.step else ()), *plan_talk.proceed(turn, turn.plan))
        case Steer.UNDO:
            return plan_talk.undo(turn)
        case Steer.CHANGE | Steer.DROP:
            return _edit(turn, wish)
        case Steer.LATER | Steer.NOTHING | Steer.RIGHT:
            return _close(turn, turn.plan.step, wish.steer) if turn.plan.step else None


def _close(turn: Turn, step: Step, how: Literal[Steer.LATER, Steer.NOTHING, Steer.RIGHT]) -> Answer:
    """Leave a question."""
    match how:
        case Steer.LATER:
            return plan_talk.later(turn)
        case Steer.NOTHING:
            return plan_talk.skip(turn, step)
        case Steer.RIGHT:
            return plan_talk.keep(turn, step)


def _so_far(turn: Turn) -> Answer:
    return (Say(plan_view.card(turn), lasting=True),)


def _edit(turn: Turn, wish: Control) -> Answer | None:
    """Change a line, or take some off; what names no line may name a question."""
    entries = _named(turn.plan, wish.about)
    if not entries:
        return _ask_again(turn, wish)
    if wish.steer is Steer.DROP:
        gone = plan_words.taken_off(turn, [entry.tradable for entry in entries])
        return plan_talk.proceed(turn, planning.drop(turn.plan, [entry.id for entry in entries]), lead=gone)
    if wish.anew:
        words = f"at most {wish.anew}" if _LIMIT.search(wish.about) else wish.anew
        return _change(turn, entries[0], words) or plan_talk.ask_change(turn, entries[0])
    after, ids = rated(turn.plan, wish.about)  # "make onboarding cheap"
    return plan_talk.proceed(turn, after, Heard(rated=ids)) if ids else plan_talk.ask_change(turn, entries[0])


def _named(plan: Plan, words: str) -> list[Entry]:
    """The lines that words name, of a thing on both sides the first; "the limit" is that of the only give with one."""
    named = {entry.tradable.what: entry for entry in reversed([*mentioned(plan, words)])}
    limited = [entry for entry in plan.gives if entry.limit is not None]
    if not named and _LIMIT.fullmatch(words) and len(limited) == 1:
        return limited
    return [entry for entry in plan.entries if entry in named.values()]


def _ask_again(turn: Turn, wish: Control) -> Answer | None:
    folded = wish.about.casefold()
    step = next((step for step, names in _STEP_NAMES.items() if folded in names), None)
    if step and wish.steer is Steer.CHANGE:
        again = turn.of(planning.reopen(turn.plan, step))
        if wish.anew:
            return plan_talk.answer(again, wish.anew, step)
        return plan_talk.proceed(turn, again.plan, lead="" if again.plan.step is step else _IN_A_MOMENT)
    unknown = f"I don't find “{clip(wish.about)}” in this plan."
    return plan_talk.proceed(turn, turn.plan, lead=unknown) if turn.plan.step else None


def _change_asked(turn: Turn, asked_for: str, words: str) -> Answer | None:
    """Take an answer to "what should it be?"; a line that is gone by now leaves the words to the plan."""
    entry = _in_question(turn, asked_for)
    if entry is None:
        return _answer(turn, words)
    if changed := _change(turn, entry, words):
        return changed
    return _answer(turn, words) if _adds(turn.plan, words, turn.playbook) else plan_talk.ask_change(turn, entry)


def _change(turn: Turn, entry: Entry, words: str) -> Answer | None:
    """Put what was typed in the place of an entry; an amount alone is an amount of the same thing."""
    anew = planning.amount_of(entry, words, turn.playbook.trading.spellings)
    if isinstance(anew, Problem):
        return plan_talk.ask_change(turn, entry, problem_sentence(anew))
    if anew:
        return plan_talk.proceed(turn, planning.change(turn.plan, anew), Heard(changed=(entry.id,)))
    after, ids = rated(turn.plan, f"{entry.tradable.what}: {words}")
    return plan_talk.proceed(turn, after, Heard(rated=ids)) if ids else None


def _in_question(turn: Turn, asked_for: str) -> Entry | None:
    """The line that may be changed by the next answer."""
    this = asked_for.removeprefix(plan_talk.CHANGING) if asked_for.startswith(plan_talk.CHANGING) else ""
    return next((entry for entry in turn.plan.entries if entry.id == this), None)


def _aside(asked: Asked, turn: Turn, asked_for: str) -> Answer | None:
    """A question in the middle, thanks, or a wish to deceive is answered; then the plan goes on."""
    entry = _in_question(turn, asked_for)
    if (turn.plan.step is None and entry is None) or not _is_aside(asked.text, turn):
        return None
    again = plan_talk.ask_change(turn, entry) if entry else plan_talk.proceed(turn, turn.plan)
    return (*coaching.advise(asked, turn.work, turn.playbook, turn.now), *again)


def _is_aside(words: str, turn: Turn) -> bool:
    request = grammar.read(words)
    if (request and request.verb in grammar.SOFT) or turn.playbook.advisor.advise(words).kind in _ASIDES:
        return True
    return words.rstrip().endswith("?") and not _adds(turn.plan, words, turn.playbook)


def _adds(plan: Plan, words: str, playbook: Playbook) -> bool:
    """Say whether a sentence holds something for the plan, not a fresh demand or a question."""
    reading = read(words, leaning(plan.step), playbook.trading.spellings)
    if plan.step is None and reading.demanded:
        return False
    return bool(reading.gives or reading.gets or reading.problems)
