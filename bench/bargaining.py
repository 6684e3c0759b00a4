"""The mathematics of a plan: every solution of 100,000 agreements, beside a loop that only adds up their points."""

import itertools
import sys
import time
from collections.abc import Callable

from figures import Figure, figure
from servers import ROOT

sys.path.append(str(ROOT))

from bot.coach.bargaining import analyse

ISSUES = {f"issue {number}": tuple("abcdefghij") for number in range(5)}
# Points of a five-issue table, both sides weighing the issues the other way round.
OURS = {issue: {option: (weight + 1) * place for place, option in enumerate(options)}
        for weight, (issue, options) in enumerate(ISSUES.items())}  # fmt: skip
THEIRS = {issue: {option: (len(ISSUES) - weight) * (9 - place) for place, option in enumerate(options)}
          for weight, (issue, options) in enumerate(ISSUES.items())}  # fmt: skip
ROUNDS = 9


def measure() -> dict[str, Figure]:
    """Time both in turn: with every agreement rational, and with only those that leave each side a good deal."""
    return {
        "100,000 agreements, all rational": _compare(0),
        "100,000 agreements, some rational": _compare(60),
    }


def _compare(reserve: int) -> Figure:
    def ours() -> None:
        analyse(ISSUES, OURS, THEIRS, reserve, reserve)

    return figure([(_timed(ours), _timed(_bare)) for _ in range(ROUNDS)], "s")


def _bare() -> None:
    """What any answer has to do at the least: form every agreement and add up the points of both sides."""
    for agreement in itertools.product(*ISSUES.values()):
        sum(OURS[issue][option] for issue, option in zip(ISSUES, agreement, strict=True))
        sum(THEIRS[issue][option] for issue, option in zip(ISSUES, agreement, strict=True))


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
