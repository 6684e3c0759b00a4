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
from handlers import digest_cards, digest_papers, digest_posted, team_cards
from handlers.digest_cards import Paper
from handlers.digest_posted import KIND
from handlers.wording import clip
from store.outbox import Fate
from store.unit import Unit

# How soon to look again what became of a letter to the channel.
LOOK_AGAIN: Final = timedelta(minutes=5)


def due(event: Due, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Look after a team: what is under way to its channel, and whether a digest is due. It runs as the team itself."""
    team = work.teams.held(event.subject)
    if team is None:
        return ()
    fate = work.outbox.fate(work.teams.awaited(team.id))
    if fate and fate.status == "pending":
        work.teams.look_at(team.id, now + LOOK_AGAIN)
        return ()
    if fate:
        team = _arrived(team, fate, work, playbook, now)
    covers = period(team, digest_day(team, now))
    # What came due before that letter was seen to then: a day moved since then brings no digest out of its time.
    if covers is None or (fate and next_moment(team, fate.due_at) > now):
        work.teams.look_at(team.id, next_moment(team, now))
        return ()
    _send(team, covers, work, playbook, now)
    work.teams.look_at(team.id, now + LOOK_AGAIN)
    return ()


def readdress(team: Team, work: Unit, playbook: Playbook, now: datetime) -> None:
    """Let a digest that is still on its way go to the channel which the team has now."""
    key = work.teams.awaited(team.id)
    paper = _paper(team, key, work, playbook)
    if paper and work.teams.unpost(team.id, key):
        about = digest_posted.subject(paper.digest.period.starts)
        work.teams.post(team.id, key, digest_cards.card(paper), now, subject=about)


def _send(team: Team, covers: Period, work: Unit, playbook: Playbook, now: datetime) -> None:
    """Count, keep what was counted, and let it be posted: one transaction, so that no period comes twice."""
    paper = digest_papers.upcoming(team, covers, work, playbook)
    totals, practice = paper.digest.totals, paper.digest.practice
    if work.digests.put(team.id, covers, digest_papers.numbers(totals), practice, now):
        key = f"{KIND}:{team.id}:{covers.starts.isoformat()}"
        about = digest_posted.subject(covers.starts)
        work.teams.post(team.id, key, digest_cards.card(paper), post_at(team, now), subject=about)
        work.teams.awaits(team.id, key)
    work.teams.change(replace(team, covered_to=covers.ends))
    work.teams.wake(team.id, now)


def _arrived(team: Team, fate: Fate, work: Unit, playbook: Playbook, now: datetime) -> Team:
    """Keep what became of a letter to the channel; where it could not be posted, who manages the team is told."""
    is_lost = fate.status == "dead"
    team = replace(team, problem=fate.why if is_lost else "")
    if is_lost:
        _tell(team, work.teams.awaited(team.id), work, playbook, now)
    work.teams.awaits(team.id, "")
    return work.teams.change(team) or team


def _tell(team: Team, key: str, work: Unit, playbook: Playbook, now: datetime) -> None:
    """Tell those who manage it what to fix, and give them the digest that should have been there."""
    paper = _paper(team, key, work, playbook)
    why = f"I couldn't post in the channel of {clip(team.name)}. {team_cards.problem(team)}"
    card = digest_cards.unposted(paper, why) if paper else _plain(team, why)
    for one in work.teams.members(team.id):
        if one.role is Role.MANAGER:
            work.teams.tell(team.id, one.user, f"unposted:{key}", card, now)


def _paper(team: Team, key: str, work: Unit, playbook: Playbook) -> Paper | None:
    """The digest that a letter to the channel holds; None for any other."""
    kind, _, starts = key.partition(f":{team.id}:")
    return digest_papers.posted(team, date.fromisoformat(starts), work, playbook) if kind == KIND else None


def _plain(team: Team, why: str) -> Card:
    said = f"{why} Nothing was lost."
    buttons = (
        Button("Choose a channel", "team.channel", team.id, "primary", dialog=True),
        Button("The team", "digest.team", team.id),
    )
    return Card(said, (prose(said), Buttons(buttons)))
