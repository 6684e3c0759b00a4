"""What is ready before the meeting, what is missing, and the three points to focus on."""

from dataclasses import dataclass, field
from enum import StrEnum


class Certainty(StrEnum):
    """How a rep knows what matters to the client."""

    SAID = "said"
    GUESS = "guess"
    UNKNOWN = "unknown"


class Depth(StrEnum):
    """How much of the checklist the card shows."""

    QUICK = "quick"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The three questions, in the rep's own words; empty where unanswered.

    `walk_away` is the reservation point: it never leaves the rep's private view.
    """

    matters: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    ideal: str = ""
    realistic: str = ""
    walk_away: str = ""
    give: str = ""
    get: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prep:
    """One rep's preparation of one deal. `ticked` holds checklist item ids."""

    id: str
    deal_id: str
    answers: Answers = field(default_factory=Answers)
    answered: bool = False
    depth: Depth = Depth.QUICK
    ticked: frozenset[str] = frozenset()


class Gap(StrEnum):
    """What is still missing, in the order in which it costs most at the table."""

    NEED_UNKNOWN = "need_unknown"
    NEED_GUESSED = "need_guessed"
    GIVE_WITHOUT_GET = "give_without_get"
    PROMISE_OPEN = "promise_open"
    NO_WALK_AWAY = "no_walk_away"
    NO_OPENER = "no_opener"
    NO_GIVE = "no_give"


# The practice that closes each gap.
CLOSES: dict[Gap, str] = {
    Gap.NEED_UNKNOWN: "clarity.open_questions",
    Gap.NEED_GUESSED: "clarity.open_questions",
    Gap.GIVE_WITHOUT_GET: "balance.trade",
    Gap.PROMISE_OPEN: "stability.deliver",
    Gap.NO_WALK_AWAY: "balance.plan",
    Gap.NO_OPENER: "connection.rapport",
    Gap.NO_GIVE: "balance.plan",
}
FOCUS_POINTS = 3


def gaps(answers: Answers, notes: str, *, owes: bool = False) -> tuple[Gap, ...]:
    """Everything still missing, gravest first.

    `notes` is what was noted about the contact; `owes` says that a promise to this client is still open.
    """
    missing = {
        Gap.NEED_UNKNOWN: not answers.matters or answers.certainty is Certainty.UNKNOWN,
        Gap.NEED_GUESSED: bool(answers.matters) and answers.certainty is Certainty.GUESS,
        Gap.GIVE_WITHOUT_GET: bool(answers.give) and not answers.get,
        Gap.PROMISE_OPEN: owes,
        Gap.NO_WALK_AWAY: not answers.walk_away,
        Gap.NO_OPENER: not notes,
        Gap.NO_GIVE: not answers.give,
    }
    return tuple(gap for gap in Gap if missing[gap])


def focus(answers: Answers, notes: str, *, owes: bool = False) -> tuple[Gap, ...]:
    """The points to work on before the meeting: at most three, because nobody remembers a fourth."""
    return gaps(answers, notes, owes=owes)[:FOCUS_POINTS]
