"""Buttons and forms of the planner: each answers a question, as a typed sentence would."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach import planning
from bot.coach.plans import Entry, Estimate, Floor, Step, Worth
from bot.coach.preparation import Certainty
from bot.coach.reading import Problem, Reading
from bot.coach.tradables import Side, Tradable
from bot.errors import StaleError
from content.library import Playbook
from handlers import coaching, plan, plan_cards, plan_forms, plan_talk, plan_words
from handlers.finding import mine
from handlers.plan_turn import Turn, turn_of
from handlers.problems import problem_sentence
from handlers.wording import clip
from store.unit import Unit


def skip(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave a question open: they haven't asked, I don't know, nothing."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    step = _one_of(Step, about)
    return _answered(step, plan_words.SKIPPED[step], plan_talk.skip(turn, step))


def behind(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take one of the likely reasons as the rep's guess."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    motives = plan_words.motives(turn)
    if not about.isdecimal() or int(about) >= len(motives):
        raise StaleError
    guess = replace(turn.plan, behind=motives[int(about)], certainty=Certainty.GUESS)
    answer = plan_talk.proceed(turn, planning.settle(guess, Step.BEHIND))
    return _answered(Step.BEHIND, f"{guess.behind} (my guess)", answer)


def suggest(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Put something usual on the table."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    side, _, what = about.partition(".")
    if what not in playbook.trading.listings:
        raise StaleError
    return _put(turn, _one_of(Side, side), Tradable(what=what, words=what))


def add(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Put the rep's own words on the table as they are."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    side, _, place = about.partition(".")
    left = plan_talk.unread(turn)
    if place not in map(str, range(len(left))):
        raise StaleError("I no longer have those words. Nothing was changed; please type them once more.")
    words = left[int(place)]
    rest = tuple(one for one in left if one != words)
    return _put(turn, _one_of(Side, side), Tradable(what=clip(words), words=words), rest)


def agree(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take the worths as they stand."""
    turn, _ = turn_of(pressed.subject, work, playbook, now)
    return _answered(Step.WORTHS, "looks right", plan_talk.agree(turn))


def floor(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Set how far below today's offer a deal may leave us."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    chosen = _one_of(Floor, about)
    plan = planning.settle(replace(turn.plan, floor=chosen), Step.FLOOR)
    return _answered(Step.FLOOR, plan_words.FLOORS[chosen], plan_talk.proceed(turn, plan))


def back(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Ask the question before the one on this card."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    return plan_talk.back(turn, _one_of(Step, about))


def later(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Let the plan rest."""
    turn, _ = turn_of(pressed.subject, work, playbook, now)
    return plan_talk.later(turn)


def over(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Clear the plan and ask from the start."""
    turn, _ = turn_of(pressed.subject, work, playbook, now)
    return plan_talk.over(turn)


def again(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Ask one step of a whole plan once more."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    return plan_talk.proceed(turn, planning.reopen(turn.plan, _one_of(Step, about)))


def ask_line(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Open one line of the plan in a form."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    return (Ask(plan_forms.line_form(turn, turn.entry(about))),)


def line(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep one line as the form has it, or take it off the table."""
    turn, about = turn_of(submitted.subject, work, playbook, now)
    entry, typed = turn.entry(about), submitted.answers
    if typed.get("keep") == plan_forms.OFF:
        gone = plan_words.taken_off(turn, [entry.tradable])
        return plan_talk.proceed(turn, planning.drop(turn.plan, (entry.id,)), lead=gone)
    read_as = _read_line(entry, typed.get("amount", "").strip(), playbook)
    if isinstance(read_as, Refuse):
        return (read_as,)
    rated = replace(
        read_as,
        ours=Estimate(_one_of(Worth, typed.get("ours", entry.ours.worth)), known=True),
        theirs=Estimate(
            _one_of(Worth, typed.get("theirs", entry.theirs.worth)), known=typed.get("known") == Certainty.SAID
        ),
    )
    return plan_talk.proceed(turn, planning.change(turn.plan, rated))


def _read_line(entry: Entry, words: str, playbook: Playbook) -> Entry | Refuse:
    """Read an amount and a limit as typed, which say all there is: "8%, at most 10%"; left empty there is none."""
    bare = replace(entry, tradable=replace(entry.tradable, amount=None, unit=""), limit=None)
    if not words or words == plan_forms.amount_words(entry):
        return entry if words else bare
    found = planning.amount_of(bare, words, playbook.trading.spellings)
    if isinstance(found, Problem):
        return Refuse({"amount": problem_sentence(found)})
    return found or Refuse({"amount": "I couldn't read that. Write it like “8%, up to 10%” or “two years”."})


def _put(turn: Turn, side: Side, tradable: Tradable, unread: tuple[str, ...] = ()) -> Answer:
    """Put one thing on the table and ask for more of that side: a press names one thing, a sentence names all."""
    reading = Reading(gives=(tradable,)) if side is Side.GIVE else Reading(gets=(tradable,))
    after, heard = plan_talk.merged(turn.plan, reading, turn.playbook)
    step = Step.GIVES if side is Side.GIVE else Step.GETS
    return plan_talk.proceed(turn, planning.reopen(after, step), replace(heard, unread=unread))


def _answered(step: Step, words: str, rest: Answer) -> Answer:
    """Turn the question into its answer, so that the talk reads well afterwards; the next one follows."""
    return (Change(plan_cards.answered(step, words)), *rest)


def drop(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take a line off the table."""
    turn, about = turn_of(pressed.subject, work, playbook, now)
    gone = plan_words.taken_off(turn, [turn.entry(about).tradable])
    return plan_talk.proceed(turn, planning.drop(turn.plan, (about,)), lead=gone)


def from_coaching(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Plan what was coached on: the demand is there already."""
    return plan.start(mine(pressed.subject, work), coaching.remembered(work), work, playbook, now)


def whose_demand(_pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Ask whose the demand is that was coached on; it waits meanwhile."""
    return (Say(plan_cards.whose(work.plans.recent(), work.deals.next(), "coach.plan")),)


_Kind = TypeVar("_Kind", bound=StrEnum)


def _one_of(kind: type[_Kind], written: str) -> _Kind:
    """Read a choice from a button or a form; raises `StaleError` for one that there isn't, or is no more."""
    try:
        return kind(written)
    except ValueError:
        raise StaleError from None
