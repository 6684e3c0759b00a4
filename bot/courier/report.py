"""How the outbox stands, in one line for an operator."""

from collections.abc import Mapping

from bot.courier.delivery import UNREACHABLE
from store.letters import Standing


def told(standing: Standing, revived: int = 0) -> tuple[bool, str]:
    """Say whether an operator has something to do, and what.

    People who blocked the coach or left are told of, but are nothing to repair.
    """
    sentences = [f"{standing.overdue} waiting to be sent"]
    if standing.refused:
        sentences.append(f"in vain so far: {_counted(standing.refused)}")
    if revived:
        sentences.append(f"{revived} given up before are among them")
    if standing.dead:
        sentences.append(f"given up: {_counted(standing.dead)}; to send again: python app.py doctor --resend")
    return all(reason.startswith(UNREACHABLE) for reason in standing.dead), "; ".join(sentences)


def _counted(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{count} x {reason}" for reason, count in sorted(reasons.items()))
