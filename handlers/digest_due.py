"""A team's weekly moment: its digest goes to its channel, once for each period, and what could not go there is told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.events import Due
from bot.chat.replies import Answer
from bot.coach.digest_week import digest_day, next_moment, period, post_at
from bot.coach.teams import Period, Role, Team
from content.library import Playbook
from handlers import digest_cards, digest_papers, team_cards
from handlers.teams import decent
from handlers.wording import clip
from store.unit import Unit

KIND: Final = "digest"
# How soon to look again what became of a letter to the channel.
LOOK_AGAIN: Final = timedelta(minutes=5)


def due(event: Due, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Look after a team: what is under way to its channel, and whether a digest is due. It runs as the team itself."""
    team = work.teams.get(event.subject)
    if team is None:
        return ()
    if not _arrived(team, work, playbook, now):
        work.teams.look_at(team.id, now + LOOK_AGAIN)
        return ()
    team = work.teams.get(team.id) or team
    covers = period(team, digest_day(team, now))
    if covers is None:
        work.teams.look_at(team.id, next_moment(team, now))
        return ()
    _send(team, covers, work, playbook, now)
    work.teams.look_at(team.id, now + LOOK_AGAIN)
    return ()


def subject(starts: date) -> str:
    """What the card of a digest is remembered as."""
    return f"{KIND}:{starts.isoformat()}"


def _send(team: Team, covers: Period, work: Unit, playbook: Playbook, now: datetime) -> None:
    """Count, keep what was counted, and let it be posted: one transaction, so that no period comes twice."""
    paper = digest_papers.upcoming(team, covers, work, playbook)
    totals, practice = paper.digest.totals, paper.digest.practice
    if work.digests.put(team.id, covers, digest_papers.numbers(totals), practice, now):
        key = f"{KIND}:{team.id}:{covers.starts.isoformat()}"
        work.teams.post(team.id, key, digest_cards.card(paper), post_at(team, now), subject=subject(covers.starts))
        work.teams.awaits(team.id, key)
    work.teams.change(replace(team, covered_to=covers.ends))
    work.teams.wake(team.id, now)


def _arrived(team: Team, work: Unit, playbook: Playbook, now: datetime) -> bool:
    """See what became of a letter to the channel; False while it is under way."""
    key = work.teams.awaited(team.id)
    status, why = work.outbox.fate(key) if key else ("", "")
    if status == "pending":
        return False
    if status == "dead":
        _tell(replace(team, problem=why), key, work, playbook, now)
    if status:
        work.teams.change(replace(team, problem=why if status == "dead" else ""))
    work.teams.awaits(team.id, "")
    work.teams.wake(team.id, now)
    return True


def _tell(team: Team, key: str, work: Unit, playbook: Playbook, now: datetime) -> None:
    """Tell those who manage it what to fix, and give them the digest that should have been there."""
    kind, _, starts = key.partition(f":{team.id}:")
    paper = digest_papers.posted(team, date.fromisoformat(starts), work, playbook) if kind == KIND else None
    why = f"I couldn't post in the channel of {clip(team.name)}. {team_cards.problem(team)}"
    card = digest_cards.unposted(paper, why) if paper else _plain(team, why)
    for one in work.teams.members(team.id):
        if one.role is Role.MANAGER:
            work.teams.tell(team.id, one.user, f"unposted:{key}", card, decent(one.user, team, work, now))


def _plain(team: Team, why: str) -> Card:
    said = f"{why} Nothing was lost."
    buttons = (
        Button("Choose a channel", "team.channel", team.id, "primary", dialog=True),
        Button("The team", "digest.team", team.id),
    )
    return Card(said, (prose(said), Buttons(buttons)))
