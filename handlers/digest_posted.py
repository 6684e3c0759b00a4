"""The digests that stand in a team's channel: which of them holds a line, and how each looks by now."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.chat.replies import Refresh
from bot.coach.teams import Period, Shared, Team
from content.library import Playbook
from handlers import digest_cards, digest_papers
from handlers.digest_cards import Paper
from store.unit import Unit

KIND: Final = "digest"


def subject(starts: date) -> str:
    """What the card of a digest is remembered as."""
    return f"{KIND}:{starts.isoformat()}"


def holding(team: Team, said_on: date, work: Unit, playbook: Playbook) -> Paper | None:
    """The digest that went out with what was shared on a day, as it stands now; None: none did, or too long ago."""
    issues = work.digests.last(team.id, digest_papers.REACH) if said_on < team.covered_to else []
    found = next((one for one in issues if one.period.starts <= said_on < one.period.ends), None)
    return digest_papers.posted(team, found.period.starts, work, playbook) if found else None


def refresh(paper: Paper) -> Refresh:
    """Bring the card in the channel up to date."""
    return Refresh(digest_cards.card(paper), subject(paper.digest.period.starts), team=paper.team.id)


def lines_of(user: str, team: Team, work: Unit) -> list[Shared]:
    """All that somebody ever shared with a team."""
    ever = Period(date.min, date.max)
    return [one for one in work.lines.of_team(team.id, ever) if one.user == user]


def without(lines: Iterable[Shared], team: Team, work: Unit, playbook: Playbook) -> tuple[Refresh, ...]:
    """Bring every card up to date that held one of these lines, which are gone by now."""
    held = (holding(team, day, work, playbook) for day in sorted({one.on for one in lines}))
    papers = {paper.digest.period: paper for paper in held if paper}
    return tuple(refresh(paper) for paper in papers.values())
