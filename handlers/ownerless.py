"""Clients without an owner: left to a team by whoever had them, and assigned to a member who accepts."""

from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, ChoiceField, Form, Option, prose, quiet
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.teams import Role, Team
from bot.errors import StaleError
from content.library import Playbook
from handlers import agenda, handover_cards, teams
from handlers.checkins import refreshed
from handlers.desk import Desk
from handlers.finding import mine
from handlers.wording import clip
from store.teams import Ownerless
from store.unit import Unit

_GONE = "That client has an owner by now. Nothing was changed."


def ask_assign(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask who takes it."""
    team = teams.of(pressed.subject, work)
    left = _left(team, pressed.subject, work)
    names = work.teams.names(team.id)
    inside = [one.user for one in work.teams.members(team.id) if one.role is not Role.INVITED]
    options = tuple(Option(user, clip(names.get(user, "")) or "A colleague") for user in inside[:50])
    field = ChoiceField("member", "Who takes it over?", options, required=True)
    asked = clip(names.get(left.offered_to, "")) or "A colleague"
    before = f" {asked} is asked already; choosing somebody else takes that back." if left.offered_to else ""
    intro = f"I ask them about {clip(left.name)} ({clip(left.client)}). It is theirs once they accept.{before}"
    return (Ask(Form("digest.assign", pressed.subject, "Assign", (field,), submit="Ask them", intro=intro)),)


def assign(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Offer it to that member."""
    team = teams.of(submitted.subject, work)
    left, user = _left(team, submitted.subject, work), submitted.answers.get("member", "")
    if all(one.user != user or one.role is Role.INVITED for one in work.teams.members(team.id)):
        return (Refuse({"member": "Choose somebody who is in the team."}),)
    offered = work.handovers.assign(team.id, left.deal_id, user, now)
    card = handover_cards.letter(offered, teams.my_name(work))
    work.teams.tell(team.id, user, f"handover:{offered.id}:offered", card, now)
    name = clip(work.teams.names(team.id).get(user, "")) or "them"
    said = f"Asked {name} to take over {clip(left.name)}. Until they accept, it stays with the team."
    buttons = (Button("Take it back", "handover.withdraw", offered.id), Button("The team", "digest.team", team.id))
    return (Say(Card(said, (prose(said), Buttons(buttons)))),)


def release(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Leave a client of mine to the team."""
    team, deal_id = teams.of(pressed.subject, work), pressed.subject.partition(".")[2]
    deal = mine(deal_id, work)
    left = work.handovers.release(deal.id, team.id, now)
    work.handovers.tell(left.id, _left_to_you(team, deal.id, left.deal_name, teams.my_name(work)), now)
    agenda.reschedule(work, now)
    said = f"{clip(deal.name)} is left to {clip(team.name)}. Whoever manages it finds it a new owner."
    stay = "Your notes, preps, plans and log stay yours, and nobody else sees them."
    card = Card(said, (prose(said), quiet(stay), Buttons((Button("My check-ins", "checkins.show"),))))
    return (Change(card), *refreshed(Desk(work, now, playbook)))


def _left_to_you(team: Team, deal_id: str, deal_name: str, name: str) -> Card:
    """Tell who manages the team: until somebody takes it on, nobody is reminded of anything about it."""
    said = f"{name} left {clip(deal_name)} to {clip(team.name)}. Nobody looks after it until you find it an owner."
    assign = Button("Assign it", "digest.assign", f"{team.id}.{deal_id}", "primary", dialog=True)
    return Card(said, (prose(said), Buttons((assign, Button("The team", "digest.team", team.id)))))


def _left(team: Team, subject: str, work: Unit) -> Ownerless:
    deal_id = subject.partition(".")[2]
    found = next((one for one in work.teams.ownerless(team.id) if one.deal_id == deal_id), None)
    if found is None:
        raise StaleError(_GONE)
    return found
