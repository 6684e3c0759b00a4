"""What a sentence said within a dialogue is: an answer, or a request that only sounds like one."""

from bot.coach.payoffs import referrals
from bot.coach.payoffs import told as told_of
from handlers import grammar
from handlers.touches import name_in
from store.unit import Unit


def is_request(words: str, work: Unit) -> bool:
    """Whether it names a deal of mine: "lost globex", "called acme today"; "lost their budget in Q3" is an answer."""
    request = grammar.read(words)
    if request is None or request.verb not in grammar.HALF_SOFT:
        return False
    return any(work.deals.find(name, stage=None, limit=1) for name in _names(request))


def _names(request: grammar.Request) -> list[str]:
    """Whom it names. "A referral from them" is what a plan may ask for; one that happened is also to somebody."""
    if request.verb == "referral":
        return [one.client for one in referrals(request.words) if one.client and one.to]
    return [name for name in (name_in(request.words), told_of(request.words).name) if name]


def is_small_talk(words: str) -> bool:
    """Whether it is thanks or a nod, which tells nothing of what was asked."""
    request = grammar.read(words)
    return request is not None and request.verb in grammar.SOFT
