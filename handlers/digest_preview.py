"""What a rep sees of their teams' digests in the day's one message, on the working day before."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.chat.cards import Block, Button, Buttons, prose
from bot.coach.digest import Mine
from bot.coach.digest_week import preview_day
from bot.coach.teams import Team
from handlers import digest_lines, digest_papers
from handlers.desk import Days, Desk
from handlers.gate import inside
from handlers.wording import clip, listed

_TEAMS: Final = 3


def days_ahead(days: Days) -> tuple[date, ...]:
    """On which of their working days this person sees their lines next, team by team."""
    return tuple(preview_day(team, days.now, days.person, days.calendar) for team in inside(days.work))


def is_due(desk: Days) -> bool:
    """Whether today is such a day, and there is something of theirs to see."""
    return any(True for _ in _due(desk))


def blocks(desk: Desk, where: str) -> Iterator[Block]:
    """What of theirs the digests would hold, with a way to take each out; nothing on any other day.

    `where` is what the buttons carry, so that what they change is shown in place.
    """
    due = list(_due(desk))
    for team, mine in due[:_TEAMS]:
        on = digest_papers.on(team, desk.now)
        yield from digest_lines.line_blocks(team, mine, desk.playbook, on=on, where=where)
    if more := [clip(team.name) for team, _ in due[_TEAMS:]]:
        yield prose(f"You have lines for {listed(more[:_TEAMS])} too. digest shows the lines of every team.")
        yield Buttons((Button("My teams", "digest.show"),))


def _due(desk: Days) -> Iterator[tuple[Team, Mine]]:
    for team in inside(desk.work):
        if preview_day(team, desk.now, desk.person, desk.calendar) == desk.today:
            mine = digest_papers.mine(team, desk.work, desk.now)
            if not mine.is_empty:
                yield team, mine
