"""A team of people with one digest a week: who is in it, and which days one digest covers."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a team. Who is only invited hasn't said yes, and nothing of theirs counts."""

    INVITED = "invited"
    MEMBER = "member"
    MANAGER = "manager"


class Share(StrEnum):
    """What a rep deliberately puts into the digest, in words."""

    WIN = "win"
    HELP = "help"
    LINE = "line"


class Count(StrEnum):
    """What a digest counts; a rep can take their own part of each out."""

    PROMISES = "promises"
    CHECK_INS = "checkins"
    TRADES = "trades"
    PAYOFFS = "payoffs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """One team. Weekly on `weekday` (0 is Monday) at the local time `at` of `zone` its digest goes to `channel`.

    `channel` is the platform's id of it. `covered_to` is the first local date that no digest has covered yet.
    `problem` is empty, or says in a word why the last digest could not be posted there.
    """

    id: str
    name: str
    channel: str
    channel_name: str = ""
    weekday: int = 0
    at: time = time(8, 30)
    zone: str = "UTC"
    covered_to: date
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One person in one team."""

    team_id: str
    user: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A line that somebody shares with a team, in their own words. `helper` is who said they would help."""

    id: str
    team_id: str
    user: str
    kind: Share
    text: str
    on: date
    helper: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The local days that one digest covers: from `starts`, up to and without `ends`."""

    starts: date
    ends: date


_TEAM = "team:"


def team_owner(team_id: str) -> str:
    """Name the owner of what belongs to a team as a whole: its letters, its places, the deals left to it.

    No platform names a person like that.
    """
    return f"{_TEAM}{team_id}"


def team_of(owner: str) -> str:
    """Give the id of the team that an owner is; empty for a person."""
    return owner.removeprefix(_TEAM) if owner.startswith(_TEAM) else ""
