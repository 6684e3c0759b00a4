"""What a sentence said within a dialogue is: an answer, or a request that only sounds like one."""

from handlers import grammar
from handlers.touches import name_in
from store.unit import Unit


def is_request(words: str, work: Unit) -> bool:
    """Whether it names a deal of mine: "lost globex", "called acme today"; "lost their budget in Q3" is an answer."""
    request = grammar.read(words)
    if request is None or request.verb not in grammar.HALF_SOFT:
        return False
    return bool(work.deals.find(name_in(request.words), stage=None, limit=1))


def is_small_talk(words: str) -> bool:
    """Whether it is thanks or a nod, which tells nothing of what was asked."""
    request = grammar.read(words)
    return request is not None and request.verb in grammar.SOFT
