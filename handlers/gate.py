"""Lets through whom the table of `bot.coach.access` lets through, and writes down what it says to write down.

The router asks before a handler runs. A verb names no team: its handler looks at the person's own memberships, and
asks here (`admit`) for the team it found.
"""

from datetime import datetime
from typing import Final

from bot.chat.events import Event, Pressed, Submitted, Ticked
from bot.coach.access import TABLE, Rule, Who, allowed
from bot.coach.teams import Role, Team
from bot.errors import NotFoundError
from store.unit import Unit

# The same for no team, another company's and one that isn't open to this person: nobody learns which.
NOT_YOURS: Final = "I can't find that team, or it isn't yours. Nothing was changed."
_ROLES: Final = {Role.INVITED: Who.INVITED, Role.MEMBER: Who.MEMBER, Role.MANAGER: Who.MANAGER}


def check(rule: Rule, event: Event, work: Unit, now: datetime, *, noting: bool = True) -> None:
    """Let an event through to the handler whose route has that rule; its subject begins with the team's id.

    `noting` is off for what only opens a form: its submission is noted. Raises `NotFoundError`. Rows that have an
    owner are guarded by the store, whoever asks.
    """
    if TABLE[rule].of_team and (named := _named(event)):
        about, subject = named
        team = admitted(rule, team_id(subject), work)
        if noting:
            _note(rule, team, work, now, about)


def admit(rule: Rule, this: str, work: Unit, now: datetime, about: str) -> Team:
    """Give the team with that id to somebody whom the rule lets through, and note what the table says to note.

    `about` is the name of the button, the form or the verb, never what was typed. Raises `NotFoundError`.
    """
    team = admitted(rule, this, work)
    _note(rule, team, work, now, about)
    return team


def admitted(rule: Rule, this: str, work: Unit) -> Team:
    """The same without a note: to see whether a button belongs on a card. Raises `NotFoundError`."""
    team = work.teams.get(this) if this else None
    if team is None or not allowed(rule, who(team, work)):
        raise NotFoundError(NOT_YOURS)
    return team


def who(team: Team, work: Unit) -> frozenset[Who]:
    """Say what the person of a unit of work is to a team.

    That they read in its channel the platform says: what they pressed stands there.
    """
    role = work.teams.role(team.id)
    here = bool(team.channel) and _room(work.address.conversation) == _room(team.channel)
    return frozenset(([_ROLES[role]] if role else []) + ([Who.READER] if here else []))


def inside(work: Unit) -> list[Team]:
    """Give the teams this person is in, by name; those that only invite them are not among them."""
    return [team for team, role in work.teams.mine() if role is not Role.INVITED]


def team_id(subject: str) -> str:
    """Give the team's id, with which the subject of every button and form of a team begins."""
    return subject.partition(".")[0]


def _named(event: Event) -> tuple[str, str] | None:
    """What was pressed, sent or ticked, and on what; None: nothing that names anything."""
    match event:
        case Pressed(action=about, subject=subject) | Submitted(form=about, subject=subject):
            return about, subject
        case Ticked(checklist=checklist):
            about, _, subject = checklist.partition(".")
            return about, subject
        case _:
            return None


def _note(rule: Rule, team: Team, work: Unit, now: datetime, about: str) -> None:
    if TABLE[rule].audited:
        work.teams.audit(rule, team.id, about, now)


def _room(conversation: str) -> str:
    """The channel without the thread in it, which Microsoft Teams puts behind it."""
    return conversation.partition(";")[0]
