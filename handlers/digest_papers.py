"""Puts together what a digest is drawn from: what is shared, what is counted, and what earlier ones counted."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.coach.digest import CheckIns, Digest, Mine, Payoffs, Promises, Sent, Totals, Trades, again, digest
from bot.coach.digest_week import next_moment
from bot.coach.teams import Period, Role, Team
from content.library import Playbook
from handlers.digest_cards import Paper
from store.digests import Issue
from store.unit import Unit

# So many digests back are posted cards kept up to date.
REACH: Final = 16


def on(team: Team, now: datetime) -> date:
    """The local date of a team's next digest."""
    return today(team, next_moment(team, now))


def today(team: Team, now: datetime) -> date:
    """The local date where a team's digest is at home."""
    return now.astimezone(ZoneInfo(team.zone)).date()


def running(team: Team, now: datetime) -> Period:
    """The days that the next digest will cover."""
    return Period(team.covered_to, on(team, now))


def mine(team: Team, work: Unit, now: datetime) -> Mine:
    """What this person has in the next digest."""
    period = running(team, now)
    return Mine(
        period=period,
        shared=tuple(work.lines.mine(team.id, period)),
        counted=work.counts.mine(period, team.zone),
        withheld=work.lines.withheld(team.id, period.starts),
    )


def upcoming(team: Team, period: Period, work: Unit, playbook: Playbook) -> Paper:
    """The digest of a period that none has covered yet, as it would be now."""
    before = [_sent(issue) for issue in work.digests.last(team.id)]
    counts = work.counts.of_team(team.id, period, team.zone)
    shared = work.lines.of_team(team.id, period)
    return _paper(
        digest(period, shared, counts, before, ownerless=work.teams.count_ownerless(team.id)), team, work, playbook
    )


def posted(team: Team, starts: date, work: Unit, playbook: Playbook) -> Paper | None:
    """The digest of the period that began then, as it stands now; None: it isn't out, or too long ago."""
    issues = work.digests.last(team.id, REACH)
    found = next((place for place, issue in enumerate(issues) if issue.period.starts == starts), None)
    if found is None:
        return None
    sent, before = _sent(issues[found]), [_sent(issue) for issue in issues[:found]]
    shared = work.lines.of_team(team.id, sent.period)
    return _paper(again(sent, shared, before, ownerless=work.teams.count_ownerless(team.id)), team, work, playbook)


def latest(team: Team, work: Unit, playbook: Playbook) -> Paper | None:
    """The digest that went out last."""
    issue = work.digests.latest(team.id)
    return posted(team, issue.period.starts, work, playbook) if issue else None


def numbers(totals: Totals) -> Mapping[str, Mapping[str, int]]:
    """Give sums as they are kept: a kind without numbers is left out."""
    return {kind: sums for kind, sums in asdict(totals).items() if sums is not None}


def with_clients(paper: Paper, work: Unit) -> Paper:
    """Name the clients without an owner too, for a manager alone."""
    if work.teams.role(paper.team.id) is not Role.MANAGER:
        return paper
    return replace(paper, clients=work.teams.ownerless(paper.team.id))


def _paper(made: Digest, team: Team, work: Unit, playbook: Playbook) -> Paper:
    names = {**work.lines.helpers(team.id), **work.teams.names(team.id)}
    return Paper(digest=made, team=team, names=names, playbook=playbook)


def _sent(issue: Issue) -> Sent:
    kept = issue.counts
    totals = Totals(
        promises=Promises(**kept["promises"]) if "promises" in kept else None,
        check_ins=CheckIns(**kept["check_ins"]) if "check_ins" in kept else None,
        trades=Trades(**kept["trades"]) if "trades" in kept else None,
        payoffs=Payoffs(**kept["payoffs"]) if "payoffs" in kept else None,
    )
    return Sent(issue.period, totals, issue.practice)
