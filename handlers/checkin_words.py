"""Why to write to a client now, and two sentences to send."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.deals import Deal
from bot.coach.keep_warm import Cadence, KeepWarm, Rhythm
from bot.coach.promises import Promise
from bot.coach.reasons import Occasion, kept_since, occasion, owed, turn
from content.warmth import fill
from handlers.desk import Desk
from handlers.wording import clip, count, day, inside, listed

_PRACTICE = "stability.keep_warm"
_STEPS = 4
_NAMES = {
    Rhythm.STANDARD: "Standard",
    Rhythm.CLOSER: "Closer",
    Rhythm.LIGHTER: "Lighter",
    Rhythm.CUSTOM: "My own",
    Rhythm.NONE: "None",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Why now, what to send, and what is still owed to them."""

    why: str
    draft: str
    owed: Promise | None


def words(warm: KeepWarm, deal: Deal, desk: Desk, place: int) -> Words:
    """Find the reason of the day and word it otherwise than for the clients at other places of the day's message."""
    promises, problems = desk.work.promises.of(deal.id), desk.work.recoveries.of(deal.id)
    problem = inside(problems[0].happened) if problems else ""
    why = occasion(warm, desk.today, promises, deal.notes, knows_problem=bool(problem))
    which, questions = turn(warm, place, deal.notes), desk.playbook.practice(_PRACTICE).questions
    reason = desk.playbook.warmth.reason(why, which)
    slots = {"client": clip(deal.client), "question": questions[which % len(questions)], "problem": problem}
    slots |= _promised(warm, promises, why)
    open_ = owed(promises) if why not in (Occasion.OWED, Occasion.LATE) else None
    why_now = fill(reason.why, **slots, note=inside(deal.notes))
    return Words(why_now, fill(reason.draft, **slots), open_)


def rhythm_name(rhythm: Rhythm) -> str:
    """What a rhythm is called, with its days."""
    if rhythm is Rhythm.CUSTOM:
        return "My own: every so many days, as written below"
    if rhythm is Rhythm.NONE:
        return "None: no check-ins for this deal"
    steps = [str(Cadence(rhythm).distance(done)) for done in range(_STEPS)]
    return f"{_NAMES[rhythm]}: after {listed(steps)} days, then every {steps[-1]}"


def cadence_line(cadence: Cadence) -> str:
    """Say a deal's own rhythm."""
    if cadence.rhythm is Rhythm.CUSTOM:
        return f"every {count(max(cadence.days, 1), 'day')}"
    return rhythm_name(cadence.rhythm).replace(":", ",", 1).lower()


def _promised(warm: KeepWarm, promises: Sequence[Promise], why: Occasion) -> dict[str, str]:
    promise = kept_since(promises, warm) if why is Occasion.KEPT else owed(promises)
    return {"promise": inside(promise.what), "date": day(promise.due)} if promise else {}
