"""What a client brought since, in counts, and what is noted with a deal that was just won."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from bot.coach.deals import Deal, Stage
from bot.coach.payoffs import Brought, Payoff, kind_in, lately, sums
from bot.coach.workdays import local_date
from handlers.desk import Days
from handlers.wording import clip, count, day
from store.unit import Unit

# Each with the word that stands before it.
KINDS: Final = {Payoff.RENEWAL: "a renewal", Payoff.EXPANSION: "an expansion", Payoff.REFERRAL: "a referral"}
_AMONG: Final = 50
_NAMED: Final = 3
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def by_client(words: str, work: Unit, stage: Stage | None = Stage.WON) -> list[Deal]:
    """Find the clients that loose words mean, each by the deal won last; one called exactly so is the only one."""
    newest: dict[str, Deal] = {}
    for deal in sorted(work.deals.find(words, stage=stage, limit=_AMONG), key=_won_last, reverse=True):
        newest.setdefault(deal.client.casefold(), deal)
    exact = newest.get(words.casefold())
    return [exact] if exact else list(newest.values())


def earlier(deal: Deal, work: Unit) -> Deal | None:
    """Give the deal of the same client that was won last before this one."""
    found = work.deals.find(deal.client, stage=Stage.WON, limit=_AMONG)
    others = [one for one in found if one.id != deal.id and one.client.casefold() == deal.client.casefold()]
    return max(others, key=_when_won, default=None)


def since(deal: Deal, days: Days) -> str:
    """Say in counts what the client of a deal brought since it was won; nothing where that is nothing."""
    won_on = local_date(days.person, deal.closed_at) if deal.closed_at else date.min
    found = days.work.payoffs.of_client(deal.client)
    return in_counts([one for one in found if one.on >= won_on and one.id != deal.id])


def in_counts(brought: Sequence[Brought]) -> str:
    """Write `2 renewals, 1 referral (Globex)`."""
    referred = sorted((one.on, clip(one.to, 40)) for one in brought if one.kind is Payoff.REFERRAL and one.to)
    names = list(dict.fromkeys(name for _, name in referred))
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    whom = f" ({', '.join(names[:_NAMED] + more)})" if names else ""
    written = {kind: count(number, kind) for kind, number in sums(brought).items()}
    return ", ".join(f"{words}{whom}" if kind is Payoff.REFERRAL else words for kind, words in written.items())


def since_line(deal: Deal, days: Days) -> str:
    """Say the same in a sentence."""
    found = since(deal, days)
    return f"Since then: {found}." if found else ""


def won_line(deal: Deal, days: Days) -> str:
    """Say which deal something stands with, and since when it is won."""
    won = f", won on {day(local_date(days.person, deal.closed_at))}" if deal.closed_at else ""
    return f"It stands with {clip(deal.name)}{won}."


def with_win(deal: Deal, said: Payoff | None, days: Days) -> str:
    """Note what a deal that was just won is to its client: what was said, else what its name says; give how to say it.

    One that was noted within a month already is the same, and counts once.
    """
    kind = said or kind_in(deal.name)
    if kind is None:
        return ""
    before = lately(kind, days.today, days.work.payoffs.of_client(deal.client))
    if before:
        return f"I noted {KINDS[kind]} with {clip(deal.client)} on {day(before.on)} already, so it counts once."
    root = earlier(deal, days.work)
    days.work.payoffs.remove(deal.id)
    days.work.payoffs.add(Brought(id=deal.id, deal_id=(root or deal).id, kind=kind, on=days.today))
    line = f"{won_line(root, days)} {since_line(root, days)}".strip() if root else ""
    return f"Noted as {KINDS[kind]}. {line}".strip()


def noted_with(deal: Deal, work: Unit) -> Brought | None:
    """What was noted when this deal was won."""
    return next((one for one in work.payoffs.of_client(deal.client) if one.id == deal.id), None)


def taken_back(deal: Deal, work: Unit) -> str:
    """Take back what was noted when this deal was won, now that it isn't; give how to say it."""
    gone = work.payoffs.remove(deal.id)
    return f" {KINDS[gone.kind].capitalize()} that I noted with it is taken back." if gone else ""


def _won_last(deal: Deal) -> tuple[bool, datetime]:
    return deal.stage is Stage.WON, _when_won(deal)


def _when_won(deal: Deal) -> datetime:
    return deal.closed_at or _LONG_AGO
