"""How a team looks: to those in it, to who is invited, and in its channel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Points,
    Run,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.teams import Membership, Role, Team
from handlers.team_forms import said as when_said
from handlers.wording import clip, count, day, listed

_SHOWN: Final = 20
_CHOICES: Final = 50
_NAMED: Final = 3
_NAME: Final = 40
_SEEN: Final = (
    "What others see: lines that you share, under your name; numbers of the whole team, without names and only with "
    "four people or more behind each. Your deals, notes, plans, walk-aways and drafts stay yours. Any line comes out."
)
_PROBLEMS: Final = {
    "archived": "The channel is archived. Choose another one, or bring it back.",
    "not_in_channel": "I'm not in that channel. Add me to it, or choose another one.",
    "gone": "That channel is gone. Choose another one.",
}
_PROBLEM: Final = "I'm not allowed to post there. Add me to the channel, or choose another one."


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A team as `me`, a person in it, sees it. `on` is the local date of its next digest.

    `left` names the clients that were left to it.
    """

    me: str
    team: Team
    role: Role
    members: Sequence[Membership]
    names: Mapping[str, str]
    on: date
    left: Sequence[str] = ()

    @property
    def is_last(self) -> bool:
        """Whether nobody else is in it: who is only invited isn't."""
        return all(one.user == self.me for one in self.members if one.role is not Role.INVITED)

    @property
    def is_only_manager(self) -> bool:
        """Whether I manage it, and nobody else does."""
        return [one.user for one in self.members if one.role is Role.MANAGER] == [self.me]

    @property
    def has_manager(self) -> bool:
        """Whether somebody manages it."""
        return any(one.role is Role.MANAGER for one in self.members)

    def name(self, user: str) -> str:
        """Somebody's name."""
        return clip(self.names.get(user, "")) or "A colleague"


def card(view: View, lead: str = "") -> Card:
    """The team as it stands, with what this person can do."""
    team = view.team
    rows = (
        Fact("Digest", f"every {when_said(team)} ({team.zone}), next on {day(view.on)}"),
        *((Fact("Channel", f"#{clip(team.channel_name.lstrip('#'))}"),) if team.channel_name.strip("# ") else ()),
        Fact("You", {Role.MANAGER: "manager", Role.MEMBER: "member", Role.INVITED: "invited"}[view.role]),
    )
    blocks: tuple[Block, ...] = (
        Heading(clip(team.name)),
        *((prose(strong(lead)),) if lead else ()),
        *problem_blocks(team, view.role),
        Facts(rows),
        *_people(view),
        *_steps(view),
        quiet(_SEEN),
        # Last: some platforms take no more than six things to press on a card, and put the rest onto a second one.
        Buttons((leave(team, view.left if view.is_last else None, alone=view.is_only_manager),)),
    )
    return Card(lead or f"Team {clip(team.name)}", blocks)


def join(team: Team, name: str) -> Card:
    """Tell everybody in the channel, and let who wants join."""
    said = f"{name} set up a weekly digest for {clip(team.name)}. It comes here, every {when_said(team)}."
    more = "It holds what members choose to share, and counts of them all together. Nobody is in before they join."
    buttons = (
        Button("Join", "team.join", team.id, "primary"),
        Button("What's not here?", "digest.not_here", team.id),
    )
    return Card(said, (prose(strong(said)), prose(more), quiet(_SEEN), Buttons(buttons)))


def invitation(team: Team, name: str) -> Card:
    """Ask one person."""
    said = f"{name} invites you to the team {clip(team.name)}, with one digest every {when_said(team)}."
    buttons = Buttons((Button("Join", "team.join", team.id, "primary"), Button("No, thanks", "team.decline", team.id)))
    return Card(said, (prose(strong(said)), prose(_SEEN), buttons))


def removed(team: Team, name: str) -> Card:
    """Tell somebody that they were taken out, and by whom."""
    said = (
        f"{name} took you out of the team {clip(team.name)}. Your lines are out too, and nothing of yours is counted."
    )
    more = "Your deals, notes, plans and promises are yours as before."
    return Card(said, (prose(said), quiet(more), Buttons((Button("What I store", "help.stores"),))))


def joined(team: Team, *, fresh: bool) -> Card:
    """Say what being in it means."""
    said = f"You are in {clip(team.name)}." if fresh else f"You are in {clip(team.name)} already. Nothing was changed."
    more = f"The working day before each {when_said(team).partition(' ')[0]} you see your lines and can take any out."
    buttons = (Button("My lines", "digest.mine", team.id, "primary"), leave(team))
    return Card(said, (prose(strong(said)), prose(_SEEN), prose(more), Buttons(buttons)))


def leave(team: Team, left: Sequence[str] | None = None, *, alone: bool = False) -> Button:
    """Ask first. The last one is told what goes with the team: `left` are the clients that have no owner.

    Who manages it `alone` is told that somebody else can.
    """
    after = " Any member can manage it after you." if alone else ""
    asked = f"Leave {clip(team.name)}? Your lines go with you.{after}"
    if left is not None:
        names = [clip(name, _NAME) for name in left[:_NAMED]]
        names += [count(len(left) - _NAMED, "more client")] if len(left) > _NAMED else []
        gone = f", with what was left to it: {listed(names)}" if names else ""
        asked = f"You are the last one in {clip(team.name)}. If you leave, the team is gone{gone}."
    return Button("Leave", "team.leave", team.id, confirm=asked)


def problem_blocks(team: Team, role: Role) -> Iterator[Block]:
    """Say why the last posting failed, and what to do; choosing another channel is for who manages the team."""
    if not team.problem:
        return
    if role is Role.MANAGER:
        yield prose(strong("The channel can't be posted to. "), problem(team))
        yield Buttons((Button("Choose a channel", "team.channel", team.id, "primary", dialog=True),))
    else:
        yield prose(strong("The channel can't be posted to. "), "Whoever manages the team can choose another one.")


def problem(team: Team) -> str:
    """Say what to do about a channel that can't be posted to."""
    return next((said for word, said in _PROBLEMS.items() if word in team.problem), _PROBLEM)


def people(number: int) -> str:
    """Count people: `1 person`, `3 people`."""
    return f"{number:,} person" if number == 1 else f"{number:,} people"


def _people(view: View) -> Iterator[Block]:
    inside = [one for one in view.members if one.role is not Role.INVITED]
    invited = len(view.members) - len(inside)
    yield Heading(people(len(inside)))
    yield Points(tuple(runs(*_person(one, view)) for one in inside[:_SHOWN]))
    if more := inside[_SHOWN:]:
        yield quiet(f"And {len(more):,} more.")
    if invited:
        yield quiet(f"Invited, and not in yet: {invited:,}.")


def _person(one: Membership, view: View) -> tuple[str | Run, ...]:
    return (view.name(one.user), ", manager") if one.role is Role.MANAGER else (view.name(one.user),)


def _steps(view: View) -> Iterator[Block]:
    team = view.team
    if view.role is not Role.MANAGER:
        over = () if view.has_manager else (Button("Take it over", "team.over", team.id),)
        yield Buttons((Button("My lines", "digest.mine", team.id, "primary"), *over))
        return
    yield Buttons(
        (
            Button("Preview", "digest.preview", team.id, "primary"),
            Button("Schedule", "digest.schedule", team.id, dialog=True),
            Button("Channel", "team.channel", team.id, dialog=True),
            Button("Invite", "team.invite", team.id, dialog=True),
        )
    )
    yield from _menus(view)


def _menus(view: View) -> Iterator[Block]:
    """What only concerns one of the others."""
    others = [one for one in view.members if one.user != view.me][:_CHOICES]
    members = tuple(_option(one, view) for one in others if one.role is Role.MEMBER)
    if members:
        yield Menu("team.manager", "Make a manager", members)
    if others:
        yield Menu("team.remove", "Take out of the team", tuple(_option(one, view) for one in others))


def _option(one: Membership, view: View) -> Option:
    return Option(f"{view.team.id}.{one.user}", view.name(one.user))
