"""Teams: set up in one dialog, joined by one's own press, changed by those who manage them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.cards import Button, Buttons, Card, prose, quiet
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.digest_week import Weekly, next_moment
from bot.coach.teams import Role, Team
from bot.errors import NotFoundError, StaleError
from content.library import Playbook
from handlers import agenda, digest_due, digest_papers, digest_posted, team_cards, team_forms
from handlers.desk import Days
from handlers.gate import NOT_YOURS, team_id
from handlers.wording import clip, listed
from store.unit import Unit

# How soon to look whether a card reached its channel.
LOOK_AGAIN: Final = timedelta(minutes=1)
_MANAGED: Final = 20


def ask_setup(_pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Open the dialog for a new team."""
    return (Ask(team_forms.setup(Days(work, now).person.zone)),)


def set_up(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Set a team up: its manager is whoever does, and everybody else is asked."""
    settled, place = team_forms.read(submitted), team_forms.place(submitted)
    if isinstance(settled, Refuse) or isinstance(place, Refuse):
        return (_both(settled, place),)
    if sum(role is Role.MANAGER for _, role in work.teams.mine()) >= _MANAGED:
        return (Refuse({"name": f"You manage {_MANAGED} teams already. Leave one first."}),)
    weekly = settled.weekly
    team = Team(
        id=work.teams.fresh_id(),
        name=settled.name,
        channel=place,
        weekday=weekly.weekday,
        at=weekly.at,
        zone=settled.zone,
        covered_to=now.astimezone(ZoneInfo(settled.zone)).date(),
    )
    work.teams.create(team, now)
    announce(team, work, now)
    agenda.reschedule(work, now)
    asked = _invite(team_forms.addresses(submitted.answers), team, work, now)
    lead = f"{clip(team.name)} is set up. I post a card with Join into the channel. {asked}".strip()
    return (Say(view(team, work, now, lead)),)


def show(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Show a team."""
    return (Say(view(of(pressed.subject, work), work, now)),)


def join(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Be in it from now on."""
    team = of(pressed.subject, work)
    fresh = work.teams.join(team.id, now)
    agenda.reschedule(work, now)
    return (Say(team_cards.joined(team, fresh=fresh)),)


def leave(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Be in it no longer; what I shared disappears from the channel too."""
    team = of(pressed.subject, work)
    lines = digest_posted.lines_of(work.address.user, team, work)
    work.teams.leave(team.id)
    agenda.reschedule(work, now)
    is_gone = work.teams.get(team.id) is None
    said = f"You are no longer in {clip(team.name)}."
    gone = " You were the last one, so the team is gone." if is_gone else ""
    more = "Your lines are out, and nothing of yours is counted from here on."
    back = Buttons((Button("My teams", "digest.show"),))
    redrawn = () if is_gone else digest_posted.without(lines, team, work, playbook)
    return (Change(Card(said, (prose(said + gone), quiet(more), back))), *redrawn)


def decline(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say no to an invitation; whoever is in it by now stays."""
    team = of(pressed.subject, work)
    if work.teams.role(team.id) is not Role.INVITED:
        raise StaleError(f"You are in {clip(team.name)} by now, so nothing was changed. Leave is on the team's card.")
    work.teams.leave(team.id)
    said = f"All right, you are not in {clip(team.name)}. Nothing of yours was ever counted there."
    return (Change(Card(said, (prose(said), Buttons((Button("What I store", "help.stores"),))))),)


def take_over(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Be its manager, where it has none."""
    team = of(pressed.subject, work)
    if not work.teams.take_over(team.id):
        raise StaleError(f"{clip(team.name)} has a manager by now. Nothing was changed.")
    return (Say(view(team, work, now, f"You manage {clip(team.name)} now.")),)


def ask_schedule(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask when the digest goes out."""
    return (Ask(team_forms.weekly(of(pressed.subject, work))),)


def schedule(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Keep day, time, zone and name."""
    settled = team_forms.read(submitted)
    if isinstance(settled, Refuse):
        return (settled,)
    named = replace(held(submitted.subject, work), name=settled.name, zone=settled.zone)
    return move(named, settled.weekly, work, now)


def move(team: Team, weekly: Weekly, work: Unit, now: datetime) -> Answer:
    """Let the digest come on another day or at another time."""
    moved = replace(team, weekday=weekly.weekday, at=weekly.at)
    return (Say(_changed(moved, work, now, "Saved. Everybody in the team sees their lines the working day before.")),)


def ask_channel(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for another channel."""
    return (Ask(team_forms.channel(of(pressed.subject, work))),)


def channel(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take another channel, and say so there; a digest that is on its way goes there too."""
    place = team_forms.place(submitted)
    if isinstance(place, Refuse):
        return (place,)
    team = replace(held(submitted.subject, work), channel=place, channel_name="", problem="")
    card = _changed(team, work, now, "Saved. I post a card with Join there, so that its readers know.")
    announce(team, work, now)
    digest_due.readdress(team, work, playbook, now)
    return (Say(card),)


def ask_invite(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask whom."""
    return (Ask(team_forms.invite(of(pressed.subject, work))),)


def invite(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Ask people to join."""
    team, emails = of(submitted.subject, work), team_forms.addresses(submitted.answers)
    if not emails:
        return (Refuse({"invited": "Write at least one e-mail address, for example sam@example.com."}),)
    return (Say(view(team, work, now, _invite(emails, team, work, now))),)


def make_manager(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Let a member manage it too."""
    team, user = of(pressed.subject, work), _user(pressed.subject)
    if not work.teams.set_role(team.id, user, Role.MANAGER):
        raise StaleError("That person isn't in the team any more. Nothing was changed.")
    name = clip(work.teams.names(team.id).get(user, "")) or "That colleague"
    return (Change(view(team, work, now, f"{name} manages {clip(team.name)} too.")),)


def remove(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take somebody out of the team, and out of the digests in its channel."""
    team, user = of(pressed.subject, work), _user(pressed.subject)
    lines = digest_posted.lines_of(user, team, work)
    name = clip(work.teams.names(team.id).get(user, "")) or "That colleague"
    key = f"removed:{team.id}:{now:%Y%m%dT%H%M%S}"
    work.teams.tell(team.id, user, key, team_cards.removed(team, my_name(work)), now)
    if user == work.address.user or not work.teams.remove(team.id, user):
        raise StaleError("That person isn't in the team any more. Nothing was changed.")
    said = f"{name} is no longer in {clip(team.name)}, and their lines are out."
    return (Change(view(team, work, now, said)), *digest_posted.without(lines, team, work, playbook))


def of(subject: str, work: Unit) -> Team:
    """The team that a button or form is about; the gate has let its presser through."""
    team = work.teams.get(team_id(subject))
    if team is None:
        raise NotFoundError(NOT_YOURS)
    return team


def held(subject: str, work: Unit) -> Team:
    """The same to be changed: of two who do so at once, the second sees what the first one did."""
    team = work.teams.held(team_id(subject))
    if team is None:
        raise NotFoundError(NOT_YOURS)
    return team


def view(team: Team, work: Unit, now: datetime, lead: str = "") -> Card:
    """Draw a team for whoever asks."""
    seen = team_cards.View(
        me=work.address.user,
        team=team,
        role=work.teams.role(team.id) or Role.INVITED,
        members=work.teams.members(team.id),
        names=work.teams.names(team.id),
        on=digest_papers.on(team, now),
        left=[one.name for one in work.teams.ownerless(team.id)],
    )
    return team_cards.card(seen, lead)


def announce(team: Team, work: Unit, now: datetime) -> None:
    """Let everybody in the channel know, and look soon whether that arrived: unless a digest is waited for."""
    key, awaited = f"join:{team.id}:{now:%Y%m%dT%H%M%S}", work.teams.awaited(team.id)
    work.teams.post(team.id, key, team_cards.join(team, my_name(work)), now)
    if not awaited.startswith(digest_posted.KIND):
        # A card that hasn't left would ask people into the channel before.
        work.teams.unpost(team.id, awaited)
        work.teams.awaits(team.id, key)
    work.teams.look_at(team.id, now + LOOK_AGAIN)


def my_name(work: Unit) -> str:
    """How colleagues call whoever is asking."""
    person = work.people.me()
    return clip(person.name) if person and person.name else "A colleague"


def _changed(team: Team, work: Unit, now: datetime, lead: str) -> Card:
    """Keep a team that is changed; everybody in it is looked in on, for their day of lines may be another."""
    work.teams.change(team)
    if not work.teams.awaited(team.id):
        work.teams.look_at(team.id, next_moment(team, now))
    work.teams.wake(team.id, now)
    return view(team, work, now, lead)


def _invite(emails: tuple[str, ...], team: Team, work: Unit, now: datetime) -> str:
    """Ask each whom the coach has met; say whom it hasn't."""
    found = {email: work.handovers.find(email) for email in emails}
    asked = sum(_ask_in(user, team, work, now) for user in found.values() if user)
    unknown = [clip(email) for email, user in found.items() if not user]
    said = f"Asked {team_cards.people(asked)} to join." if asked else ""
    if not unknown:
        return said or ("They are in it or asked already." if emails else "")
    missing = f"I haven't met {listed(unknown[:3])} yet: they can say hello to me once, or join in the channel."
    return f"{said} {missing}".strip()


def _ask_in(user: str, team: Team, work: Unit, now: datetime) -> bool:
    if not work.teams.invite(team.id, user, now):
        return False
    key, card = f"invite:{team.id}:{now:%Y%m%d}", team_cards.invitation(team, my_name(work))
    work.teams.tell(team.id, user, key, card, now)
    return True


def _user(subject: str) -> str:
    return subject.partition(".")[2]


def _both(settled: team_forms.Settled | Refuse, place: str | Refuse) -> Refuse:
    problems = [one.problems for one in (settled, place) if isinstance(one, Refuse)]
    return Refuse({key: said for each in problems for key, said in each.items()})
