"""Who may see or do what, under which condition: one table, which handlers ask and people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Who(StrEnum):
    """What somebody is to the thing in question."""

    OWNER = "owner"
    MEMBER = "member"
    MANAGER = "manager"
    READER = "reader"
    INVITED = "invited"
    OFFERED = "offered"
    ADMIN = "admin"


class Rule(StrEnum):
    """One thing that some may see or do."""

    OWN = "own.read"
    LINE_SHARE = "line.share"
    LINE_TAKE_BACK = "line.take_back"
    LINE_READ = "line.read"
    LINES_MINE = "lines.mine"
    COUNTS_READ = "counts.read"
    DIGEST_PREVIEW = "digest.preview"
    DIGEST_NOW = "digest.now"
    DIGEST_CHANGE = "digest.change"
    TEAM_CREATE = "team.create"
    TEAM_READ = "team.read"
    TEAM_JOIN = "team.join"
    TEAM_LEAVE = "team.leave"
    TEAM_TAKE_OVER = "team.take_over"
    HELP_OFFER = "help.offer"
    CLIENT_RELEASE = "client.release"
    CLIENT_ASSIGN = "client.assign"
    DEAL_OFFERED = "deal.offered"
    TIP_POST = "tip.post"
    AUDIT_READ = "audit.read"
    RETENTION_SET = "retention.set"


@dataclass(frozen=True, slots=True)
class Access:
    """One rule: `who` may see or do it, and `when`. One that is `audited` leaves a line behind, without content."""

    rule: Rule
    who: tuple[Who, ...]
    sees_or_does: str
    when: str
    audited: bool = False

    @property
    def of_team(self) -> bool:
        """Whether it is a place in a team that lets somebody through; else a row's own owner or receiver is let."""
        return not _TEAM.isdisjoint(self.who)


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as people read it."""

    who: str
    sees_or_does: str
    when: str
    noted: str


_TEAM: Final = frozenset({Who.MEMBER, Who.MANAGER, Who.READER, Who.INVITED})
_INSIDE: Final = (Who.MEMBER, Who.MANAGER)
_NAMES: Final[Mapping[Who, str]] = {
    Who.OWNER: "you, for what is yours",
    Who.MEMBER: "members of the team",
    Who.MANAGER: "its managers",
    Who.READER: "whoever reads in its channel",
    Who.INVITED: "who is invited",
    Who.OFFERED: "the colleague who is offered it",
    Who.ADMIN: "who runs the coach",
}
_ROWS: Final = (
    Access(
        Rule.OWN,
        (Who.OWNER,),
        "your deals, notes, preps, plans, walk-aways, logs, promises, check-ins and tips",
        "always; nobody else does",
    ),
    Access(
        Rule.LINE_SHARE,
        _INSIDE,
        "share a win, a request for help or a line, in your own words and under your name",
        "when you write it and press share; never by itself",
    ),
    Access(Rule.LINE_TAKE_BACK, (Who.OWNER,), "take a line back", "at any time, also after it was posted"),
    Access(
        Rule.LINE_READ,
        (*_INSIDE, Who.READER),
        "what members shared, with their names",
        "in the digest; managers in its preview too; until it is taken back",
    ),
    Access(
        Rule.LINES_MINE,
        (Who.OWNER,),
        "which of your lines and counts the next digest would hold, to take any of them out",
        "at any time; on the working day before you are told unasked",
    ),
    Access(
        Rule.COUNTS_READ,
        (*_INSIDE, Who.READER),
        "how many promises, check-ins, trades, renewals, expansions and referrals the team had, without names",
        "each number only where at least four people have something in it, without what was taken out",
    ),
    Access(Rule.DIGEST_PREVIEW, (Who.MANAGER,), "the digest as it would be now", "at any time", audited=True),
    Access(Rule.DIGEST_NOW, (Who.MANAGER,), "get the digest now, alone", "at any time", audited=True),
    Access(
        Rule.DIGEST_CHANGE,
        (Who.MANAGER,),
        "change the day, time, channel, name and managers, invite people, remove a member",
        "at any time",
        audited=True,
    ),
    Access(Rule.TEAM_CREATE, (Who.OWNER,), "set up a team, and be its manager", "in a channel you are in"),
    Access(
        Rule.TEAM_READ,
        _INSIDE,
        "the team's name, its digest's day and channel, and who is in it",
        "while they are in it",
    ),
    Access(
        Rule.TEAM_JOIN,
        (Who.INVITED, Who.READER, *_INSIDE),
        "join the team",
        "by your own press only; nobody can put you in",
        audited=True,
    ),
    Access(
        Rule.TEAM_LEAVE,
        (*_INSIDE, Who.INVITED),
        "leave the team, or decline to join",
        "at any time; your lines go with you, and nothing of yours is counted from then on",
        audited=True,
    ),
    Access(Rule.TEAM_TAKE_OVER, _INSIDE, "become its manager", "while it has none", audited=True),
    Access(
        Rule.HELP_OFFER,
        (*_INSIDE, Who.READER),
        "offer help with a request, and talk with whoever asked",
        "while nobody else helps",
        audited=True,
    ),
    Access(
        Rule.CLIENT_RELEASE,
        _INSIDE,
        "leave a client of yours to the team, with its promises and check-ins",
        "at any time; your notes, plans and logs stay yours",
        audited=True,
    ),
    Access(
        Rule.CLIENT_ASSIGN,
        (Who.MANAGER,),
        "the names of clients left to the team, and offer one to a member",
        "until that member accepts",
        audited=True,
    ),
    Access(
        Rule.DEAL_OFFERED,
        (Who.OFFERED,),
        "the names of the deal and its client, and accept or decline",
        "while the offer stands",
    ),
    Access(
        Rule.TIP_POST, (Who.MANAGER,), "post the week's practice into the channel", "once for each digest", audited=True
    ),
    Access(Rule.AUDIT_READ, (Who.ADMIN,), "who saw or changed what a rule allowed, without content", "at any time"),
    Access(Rule.RETENTION_SET, (Who.ADMIN,), "how long what is over is kept", "at any time"),
)
TABLE: Final[Mapping[Rule, Access]] = {one.rule: one for one in _ROWS}


def allowed(rule: Rule, who: frozenset[Who]) -> bool:
    """Say whether somebody who is all of that may."""
    return not who.isdisjoint(TABLE[rule].who)


def lines() -> tuple[Line, ...]:
    """Give the table as people read it, in its order."""
    return tuple(
        Line(
            ", ".join(_NAMES[who] for who in one.who),
            one.sees_or_does,
            one.when,
            "yes" if one.audited else "no",
        )
        for one in _ROWS
    )
