"""Deals that pass from one person to another of the same company, once the other accepts.

A person can also leave a deal to a team, at once; its manager then has it offered to a member. Either way the deal
goes, with its promises and the way it is kept warm. What its former owner wrote for it stays theirs: notes,
preparation, plan, log and recoveries. Should the deal come back one day, it finds them again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.coach.people import Person
from bot.coach.teams import Role, team_of, team_owner
from bot.errors import NotFoundError
from store.access import (
    Scope,
    insert_ours,
    select_mine,
    select_offers,
    select_offers_to_me,
    select_people,
    update_mine,
    update_offers_to_me,
    upsert_ours,
)
from store.agendas import Agenda, MyAgenda
from store.deal_rows import ADD_WORD, CHANGE_HELD, DROP_WORDS, deal_of, is_mine, new_id, word_rows
from store.outbox import Outbox
from store.people import People
from store.tables import DEALS, HANDOVERS, PEOPLE, PROMISES, TEAM_MEMBERS, WARMTH
from store.team_access import select_members, select_offers_of_my_teams, update_offers_of_my_teams


class HandoverState(StrEnum):
    """How a hand-over stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A deal on its way from one person to another, offered at `at`; of the deal it holds the names only."""

    id: str
    deal_id: str
    deal_name: str
    client: str
    from_user: str
    to_user: str
    at: datetime
    state: HandoverState = HandoverState.OFFERED


# Nobody is looked up by an empty address: those whose platform keeps it to itself have none.
_MET = select_people(PEOPLE.c.owner).where(PEOPLE.c.email == bindparam("address"), PEOPLE.c.email != "")
_THIS = HANDOVERS.c.id == bindparam("this")
_UNDER_WAY = HANDOVERS.c.state == HandoverState.OFFERED.value
_OLDEST = HANDOVERS.c.at, HANDOVERS.c.id

_ADD = insert_ours(HANDOVERS)
_MINE = select_offers().where(_THIS)
_OF_DEAL = select_offers().where(HANDOVERS.c.deal_id == bindparam("this_deal"), _UNDER_WAY)
# Of a deal that came back and went again it is the last time that counts.
_GIVEN = (
    select_offers()
    .where(HANDOVERS.c.answered_at == DEALS.c.handed_at, HANDOVERS.c.state == HandoverState.ACCEPTED.value)
    .order_by(*_OLDEST)
)
_OFFERED = select_offers_to_me().where(_THIS)
_OF_TEAM = select_offers_of_my_teams().where(_THIS)
_TO_ME = select_offers_to_me().where(_UNDER_WAY).order_by(*_OLDEST)
_ANSWER = update_offers_to_me().where(_THIS, _UNDER_WAY)
_WITHDRAW = update_mine(HANDOVERS).where(_THIS, _UNDER_WAY)
_WITHDRAW_OF_TEAM = update_offers_of_my_teams().where(_THIS, _UNDER_WAY)
_MEMBERS = select_members(TEAM_MEMBERS.c.owner, TEAM_MEMBERS.c.role).where(TEAM_MEMBERS.c.role != Role.INVITED.value)

# What a deal is to whoever owns it; notes and whatever belongs to a table's own bookkeeping are not in it.
_PASSED = (
    *("name", "client", "hundredths", "currency", "stage", "closes_on", "closed_at"),
    *("name_key", "client_key"),
)
_WHOLE = select_mine(DEALS, of=DEALS).where(DEALS.c.id == bindparam("this"))
_IMPORTED = select_mine(DEALS.c.id, of=DEALS).where(DEALS.c.import_key == bindparam("key"))
# A deal that comes back meets the row that its owner's own words hang on, notes and all.
_TAKE = upsert_ours(
    DEALS,
    lambda row: row.on_conflict_do_update(
        index_elements=list(DEALS.primary_key), set_={name: row.excluded[name] for name in (*_PASSED, "handed_at")}
    ),
)
# Its new owner was reminded of nothing yet, and doesn't know the log of what was given.
_PASS = (
    (update_mine(PROMISES).where(PROMISES.c.deal_id == bindparam("this_deal")), {"noticed": "", "concession": ""}),
    (update_mine(WARMTH).where(WARMTH.c.deal_id == bindparam("this_deal")), {"snoozes": 0, "shown_on": None}),
)


class Handovers:
    """What one person hands over and is offered. Both see the names of the deal and its client, nothing else."""

    __slots__ = ("_address", "_outbox", "_scope")

    def __init__(self, scope: Scope, address: Address, outbox: Outbox) -> None:
        """Look through a scope; what the other one is told is counted among the letters of this unit's outbox."""
        self._scope = scope
        self._address = address
        self._outbox = outbox

    def find(self, email: str) -> str:
        """Name the colleague whom the coach has met under an e-mail address; "": nobody else, or more than one."""
        rows = self._scope.run(_MET, address=email.strip().lower()).all()
        others = [row.owner for row in rows if row.owner != self._scope.owner]
        return others[0] if len(others) == 1 else ""

    def offer(self, deal_id: str, to_user: str, at: datetime) -> Handover:
        """Offer a deal of mine to a colleague; what is offered to them already is given, an offer to another ends.

        Raises `NotFoundError`: no such deal, or I offer it to myself.
        """
        if not is_mine(self._scope, deal_id) or to_user == self._scope.owner:
            raise NotFoundError
        if known := self.of(deal_id):
            if known.to_user == to_user:
                return known
            self.withdraw(known.id, at)
        this = new_id()
        fresh = {"state": HandoverState.OFFERED, "at": at, "answered_at": None}
        self._scope.run(_ADD, id=this, deal_id=deal_id, receiver=to_user, **fresh)
        return _handover_of(self._scope.run(_MINE, this=this).one())

    def of(self, deal_id: str) -> Handover | None:
        """Give the offer under way of a deal of mine."""
        row = self._scope.run(_OF_DEAL, this_deal=deal_id).first()
        return _handover_of(row) if row else None

    def given(self) -> list[Handover]:
        """Give what was accepted from me and is another's now, in the order in which I offered it."""
        return [_handover_of(row) for row in self._scope.run(_GIVEN).all()]

    def to_me(self) -> list[Handover]:
        """Give what I am offered and didn't answer yet, oldest first."""
        return [_handover_of(row) for row in self._scope.run(_TO_ME).all()]

    def get(self, this: str) -> Handover | None:
        """Give a hand-over of mine, to me or of a team that I manage, however it stands."""
        found = (self._scope.run(query, this=this).first() for query in (_MINE, _OFFERED, _OF_TEAM))
        return next((_handover_of(row) for row in found if row), None)

    def accept(self, this: str, at: datetime) -> Handover | None:
        """Take over the deal that I am offered. None, and nothing changes: there is no such offer any more."""
        offered = self.get(this)
        if offered is None or offered.to_user != self._scope.owner:
            return None
        # What its owner is writing this very moment is finished first, and comes along.
        self._scope.wait_for(offered.from_user)
        accepted = self._answer(this, HandoverState.ACCEPTED, at)
        if accepted:
            _pass_on(self._scope.acting_as(offered.from_user), self._scope, offered.deal_id, at)
        return accepted

    def decline(self, this: str, at: datetime) -> Handover | None:
        """Leave the deal whose it is. None, and nothing changes: there is no such offer to me any more."""
        return self._answer(this, HandoverState.DECLINED, at)

    def withdraw(self, this: str, at: datetime) -> Handover | None:
        """Take an offer of mine back. None, and nothing changes: it is over already."""
        over = {"this": this, "state": HandoverState.WITHDRAWN, "answered_at": at}
        done = any(self._scope.run(statement, **over).rowcount for statement in (_WITHDRAW, _WITHDRAW_OF_TEAM))
        taken = self.get(this) if done else None
        if taken:
            self._outbox_of(taken.to_user).cancel(letter_key(this, HandoverState.OFFERED))
        return taken

    def other(self, this: str) -> tuple[Person | None, Agenda]:
        """Who the other one of a hand-over is, and when they are written to: to name them, and find a decent hour."""
        handover = self.get(this)
        others = self._others(handover) if handover else []
        if not others:
            return None, Agenda()
        theirs = self._scope.acting_as(others[0])
        return People(theirs).me(), MyAgenda(theirs, self._address).get()

    def release(self, deal_id: str, team_id: str, at: datetime) -> Handover:
        """Leave a deal of mine to a team that I'm in, at once; an offer of it to a colleague ends.

        Raises `NotFoundError`: no such deal, or I'm not in that team.
        """
        self._scope.wait_for(team_owner(team_id))
        if self._scope.owner not in self._members(team_id) or not is_mine(self._scope, deal_id):
            raise NotFoundError
        if under_way := self.of(deal_id):
            self.withdraw(under_way.id, at)
        this, team = new_id(), self._scope.acting_as(team_owner(team_id))
        done = {"state": HandoverState.ACCEPTED, "at": at, "answered_at": at}
        self._scope.run(_ADD, id=this, deal_id=deal_id, receiver=team.owner, **done)
        _pass_on(self._scope, team, deal_id, at)
        return _handover_of(self._scope.run(_MINE, this=this).one())

    def assign(self, team_id: str, deal_id: str, to_user: str, at: datetime) -> Handover:
        """Offer a deal that was left to a team to one of its members, as `offer` does; I'm its manager.

        Raises `NotFoundError`: no such deal, they aren't in that team, or I don't manage it.
        """
        members = self._members(team_id)
        if members.get(self._scope.owner) is not Role.MANAGER or to_user not in members:
            raise NotFoundError
        team = self._scope.acting_as(team_owner(team_id))
        team.wait_for(team.owner)
        return Handovers(team, self._address, self._outbox).offer(deal_id, to_user, at)

    def tell(self, this: str, card: Card, due_at: datetime) -> bool:
        """Write to the other one of a hand-over, once for each way it stands; False where that was done, or none is.

        The other one of a team is each who manages it.
        """
        handover = self.get(this)
        if handover is None:
            return False
        told = False
        for other in self._others(handover):
            told |= self._outbox_of(other).put(letter_key(this, handover.state), card, due_at)
        self._outbox.filled = self._outbox.filled or told
        return told

    def _others(self, handover: Handover) -> list[str]:
        other = handover.from_user if handover.to_user == self._scope.owner else handover.to_user
        team_id = team_of(other)
        managers = [user for user, role in self._members(team_id).items() if role is Role.MANAGER]
        return [user for user in managers if user != self._scope.owner] if team_id else [other]

    def _members(self, team_id: str) -> dict[str, Role]:
        return {row.owner: Role(row.role) for row in self._scope.run(_MEMBERS, this_team=team_id)}

    def _outbox_of(self, owner: str) -> Outbox:
        return Outbox(self._scope.acting_as(owner), self._address)

    def shown_to_me(self) -> None:
        """Note that I see what I am offered: letters that say so and haven't left yet are taken back."""
        for one in self.to_me():
            self._outbox.cancel(letter_key(one.id, HandoverState.OFFERED))

    def _answer(self, this: str, state: HandoverState, at: datetime) -> Handover | None:
        done = self._scope.run(_ANSWER, this=this, state=state, answered_at=at).rowcount
        return self.get(this) if done else None


def letter_key(this: str, state: HandoverState) -> str:
    """Name the letter that tells the other one how a hand-over stands."""
    return f"handover:{this}:{state}"


def _pass_on(giver: Scope, receiver: Scope, deal_id: str, at: datetime) -> None:
    row = giver.run(_WHOLE, this=deal_id).one()
    passed = {name: getattr(row, name) for name in _PASSED}
    doubled = row.import_key is not None and receiver.run(_IMPORTED, key=row.import_key).first()
    source = {} if doubled else {"import_key": row.import_key, "import_digest": row.import_digest}
    receiver.run(_TAKE, id=deal_id, notes="", handed_at=None, **passed, **source)
    receiver.run(DROP_WORDS, this=deal_id)
    receiver.run_many(ADD_WORD, word_rows(deal_id, deal_of(row)))
    for statement, afresh in _PASS:
        giver.run(statement, this_deal=deal_id, owner=receiver.owner, **afresh)
    giver.run(CHANGE_HELD, this=deal_id, handed_at=at)


def _handover_of(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        deal_id=row.deal_id,
        deal_name=row.deal_name,
        client=row.client,
        from_user=row.owner,
        to_user=row.receiver,
        at=row.at,
        state=HandoverState(row.state),
    )
