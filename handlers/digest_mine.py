"""My lines for one team: what I have in its next digest, and what else I can do there."""

from dataclasses import replace
from datetime import datetime

from bot.chat.cards import Button, Card
from bot.coach.teams import Role, Share, Team
from content.library import Playbook
from handlers import digest_lines, digest_papers, team_cards
from store.unit import Unit


def my_card(team: Team, work: Unit, playbook: Playbook, now: datetime, lead: str = "") -> Card:
    """My lines for one team, with what else I can do there."""
    role = work.teams.role(team.id) or Role.INVITED
    more = [
        Button("Share a win", "digest.share", f"{team.id}.{Share.WIN}", "primary", dialog=True),
        Button("Ask for help", "digest.share", f"{team.id}.{Share.HELP}", dialog=True),
        *([Button("Preview", "digest.preview", team.id)] if role is Role.MANAGER else []),
        Button("The team", "digest.team", team.id),
    ]
    mine_, on = digest_papers.mine(team, work, now), digest_papers.on(team, now)
    card = digest_lines.my_lines(team, mine_, playbook, on=on, lead=lead, more=more)
    return replace(card, blocks=(*team_cards.problem_blocks(team, role), *card.blocks))
