"""Who sees what: every method of every repository, asked by everybody it could be confused with."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from inspect import isfunction
from pathlib import Path
from typing import Any, TypeVar

import pytest

import store.access
from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.access import Rule
from bot.coach.concessions import Concession
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.digest import Counted
from bot.coach.keep_warm import KeepWarm
from bot.coach.payoffs import Brought, Payoff
from bot.coach.people import Person
from bot.coach.plans import Plan
from bot.coach.preparation import Answers, Depth, Prep
from bot.coach.promises import Promise
from bot.coach.recovery import Recovery
from bot.coach.teams import Count, Period, Role, Share, Shared, Team, team_owner
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError
from store import Agenda, Handover, HandoverState, Store, Unit
from store.agendas import MyAgenda
from store.check_ins import CheckIns
from store.concessions import Concessions
from store.conversations import Conversations
from store.counts import Counts
from store.deals import Deals
from store.digests import Digests
from store.handovers import Handovers
from store.lines import Lines
from store.outbox import Outbox
from store.payoffs import Payoffs
from store.people import People
from store.places import Places
from store.plans import Plans
from store.preps import Preps
from store.promises import Promises
from store.recoveries import Recoveries
from store.references import ConversationKind, Reference, References, Service
from store.teams import Teams
from store.tips import Tips
from store.transcript import Transcript
from store.warmth import Warmth

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OWNER = Address("web", "T1", "general", "U1")
COLLEAGUE = Address("web", "T1", "general", "U2")
NAMESAKE = Address("web", "T2", "general", "U1")
STRANGER = Address("web", "T2", "general", "U2")
GIVER = Address("web", "T1", "general", "U3")
TODAY = date(2026, 3, 2)
SERVICE = Service("https://teams.example/emea", "28:bot")
WORDS = Card("Write to Acme.", ())
WEEK = Period(TODAY, TODAY + timedelta(days=7))
LOGO = Tradable(what="logo")
DRAFT = DealDraft(name="Acme renewal", client="Acme Corp", notes="private")


def _reference(address: Address, kind: ConversationKind = "personal") -> Reference:
    return Reference(address=address, kind=kind, service_url=SERVICE.url, bot=SERVICE.bot)


@dataclass(frozen=True)
class Known:
    """What was made for one person."""

    deal: Deal
    prep: Prep
    plan: Plan
    give: Concession
    get: Concession
    promise: Promise
    warm: KeepWarm
    recovery: Recovery
    mine: Handover
    given: Handover
    to_me: Handover
    message: str
    shared: str
    team: Team
    line: Shared
    payoff: Brought


def _make(unit: Unit) -> Known:
    me = unit.people.meet(Profile("Ann", f"{unit.address.user}@x.com", "UTC"), NOW)
    deal = unit.deals.add(DRAFT)
    prep = unit.preps.start(deal.id, NOW)
    plan = unit.plans.start(deal.id, NOW)
    give, get = (unit.concessions.add(deal.id, side, LOGO, NOW) for side in Side)
    promise = unit.promises.add(_promise(deal, give.id))
    warm = unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY))
    _won(unit)
    recovery = unit.recoveries.start(deal.id, NOW)
    unit.agenda.put(Agenda(next_at=NOW))
    unit.tips.saw("balance.trade", NOW)
    unit.conversations.put("plan", 1, {"a": "b"}, NOW)
    unit.places.put("prep:1", "17", NOW)
    _as(unit, "team:1").places.put("digest:1", "18", NOW)
    unit.outbox.put("checkins:1", WORDS, NOW)
    unit.references.put(_reference(unit.address), NOW)
    elsewhere = Unit(unit._scope._connection, replace(unit.address, conversation="team"))  # noqa: SLF001
    elsewhere.references.put(_reference(elsewhere.address, "channel"), NOW)
    shared = unit.transcript.add(me.user, "for everybody", NOW)
    message = unit.transcript.add("coach", "for me", NOW, only_for=me.user)
    unit.deals.add(replace(DRAFT, name="Initech", client="Initech", stage=Stage.WON))
    mine, given = unit.handovers.offer(deal.id, "U9", NOW), _hand_on(unit)
    to_me = _as(unit, "U3").handovers.offer(_won(_as(unit, "U3")).id, me.user, NOW)
    team, line, payoff = _in_a_team(unit, deal)
    of_plan = (deal, prep, plan, give, get, promise, warm, recovery)
    return Known(*of_plan, mine, given, to_me, message, shared, team, line, payoff)


def _in_a_team(unit: Unit, deal: Deal) -> tuple[Team, Shared, Brought]:
    """Set up a team with a digest, share and withhold something, and leave it a client."""
    team = unit.teams.create(Team(id=f"W{unit.address.tenant}", name="West", channel="team", covered_to=TODAY), NOW)
    line = unit.lines.share(_line(team), NOW)
    asked = unit.lines.share(_line(team, Share.HELP), NOW)
    _as(unit, "U3").lines.help_with(team.id, asked.id)
    unit.lines.withhold(team.id, TODAY, Count.TRADES)
    unit.check_ins.note(deal.id, TODAY, "done")
    payoff = unit.payoffs.add(_brought(deal))
    unit.teams.awaits(team.id, "digest:1")
    unit.teams.audit(Rule.DIGEST_NOW, team.id, "digest now", NOW)
    unit.digests.put(team.id, WEEK, {"promises": {"kept": 4}}, "balance.trade", NOW)
    unit.handovers.release(_won(unit).id, team.id, NOW)
    return team, line, payoff


def _line(team: Team, kind: Share = Share.WIN) -> Shared:
    return Shared(id=Lines.fresh_id(), team_id=team.id, user="", kind=kind, text="We won Acme", on=TODAY)


def _brought(deal: Deal) -> Brought:
    return Brought(id=Payoffs.fresh_id(), deal_id=deal.id, kind=Payoff.RENEWAL, on=TODAY)


def _left(unit: Unit, known: Known) -> str:
    """Name the client that was left to the team, whoever asks."""
    (one,) = Unit(unit._scope._connection, replace(OWNER, user=team_owner(known.team.id))).deals.list()  # noqa: SLF001
    return one.id


def _promise(deal: Deal, concession: str = "") -> Promise:
    return Promise(
        id=Promises.fresh_id(), deal_id=deal.id, what="the logo", due=TODAY, made_on=TODAY, concession=concession
    )


def _won(unit: Unit) -> Deal:
    """Win a deal, promise something and keep it warm."""
    deal = unit.deals.add(replace(DRAFT, name="Globex", client="Globex", stage=Stage.WON))
    unit.promises.add(_promise(deal))
    unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY))
    return deal


def _as(unit: Unit, user: str) -> Unit:
    """See as somebody else of the same company, in the same transaction."""
    return Unit(unit._scope._connection, replace(unit.address, user=user))  # noqa: SLF001


def _hand_on(unit: Unit) -> Handover:
    """Hand over a deal to somebody who accepts."""
    offered = unit.handovers.offer(_won(unit).id, "U9", NOW)
    accepted = _as(unit, "U9").handovers.accept(offered.id, NOW)
    assert accepted
    return accepted


T = TypeVar("T")
Question = Callable[[Unit, Known], Any]
# Every reading method, by its name: it says something to the owner, and nothing to anybody else.
READS: dict[str, Question] = {
    "People.me": lambda unit, _: unit.people.me(),
    "Deals.find": lambda unit, _: unit.deals.find("acme", stage=None),
    "Deals.similar": lambda unit, _: unit.deals.similar("acne"),
    "Deals.get": lambda unit, known: unit.deals.get(known.deal.id),
    "Deals.next": lambda unit, _: unit.deals.next(),
    "Deals.list": lambda unit, _: unit.deals.list(),
    "Deals.count": lambda unit, _: unit.deals.count(),
    "Preps.of": lambda unit, known: unit.preps.of(known.deal.id),
    "Preps.get": lambda unit, known: unit.preps.get(known.prep.id),
    "Preps.recent": lambda unit, _: unit.preps.recent(),
    "Plans.of": lambda unit, known: unit.plans.of(known.deal.id),
    "Plans.get": lambda unit, known: unit.plans.get(known.plan.id),
    "Plans.turn_of": lambda unit, known: unit.plans.turn_of(known.plan.id),
    "Plans.recent": lambda unit, _: unit.plans.recent(),
    "Concessions.of": lambda unit, known: unit.concessions.of(known.deal.id),
    "Concessions.get": lambda unit, known: unit.concessions.get(known.give.id),
    "Promises.of": lambda unit, known: unit.promises.of(known.deal.id),
    "Promises.get": lambda unit, known: unit.promises.get(known.promise.id),
    "Promises.open": lambda unit, _: unit.promises.open(),
    "Promises.from_concession": lambda unit, known: unit.promises.from_concession(known.give.id),
    "Warmth.of": lambda unit, known: unit.warmth.of(known.deal.id),
    "Warmth.all": lambda unit, _: unit.warmth.all(),
    "Warmth.cold": lambda unit, _: unit.warmth.cold(10),
    "Warmth.count_cold": lambda unit, _: unit.warmth.count_cold(),
    "Recoveries.of": lambda unit, known: unit.recoveries.of(known.deal.id),
    "Recoveries.get": lambda unit, known: unit.recoveries.get(known.recovery.id),
    "MyAgenda.get": lambda unit, _: unit.agenda.get().next_at,
    "Handovers.of": lambda unit, known: unit.handovers.of(known.deal.id),
    "Handovers.given": lambda unit, _: unit.handovers.given(),
    "Handovers.to_me": lambda unit, _: unit.handovers.to_me(),
    "Handovers.get": lambda unit, known: unit.handovers.get(known.mine.id),
    "Payoffs.of_client": lambda unit, known: unit.payoffs.of_client(known.deal.client),
    "Outbox.fate": lambda unit, _: unit.outbox.fate("checkins:1"),
    "Payoffs.of_deal": lambda unit, known: unit.payoffs.of_deal(known.deal.id),
    "Teams.mine": lambda unit, _: unit.teams.mine(),
    "Teams.role": lambda unit, known: unit.teams.role(known.team.id),
    "Teams.ownerless": lambda unit, known: unit.teams.ownerless(known.team.id),
    "Lines.mine": lambda unit, known: unit.lines.mine(known.team.id, WEEK),
    "Lines.withheld": lambda unit, known: unit.lines.withheld(known.team.id, TODAY),
    "Counts.of_team": lambda unit, known: unit.counts.of_team(known.team.id, WEEK, "UTC"),
    "Counts.mine": lambda unit, _: unit.counts.mine(WEEK, "UTC") != Counted(),
    "Tips.seen": lambda unit, _: unit.tips.seen(),
    "Conversations.get": lambda unit, _: unit.conversations.get(),
    "Places.of": lambda unit, _: unit.places.of("prep:1"),
    "Places.all": lambda unit, _: unit.places.all(),
    "References.here": lambda unit, _: unit.references.here(),
    "References.personal": lambda unit, _: unit.references.personal(),
    "References.places": lambda unit, _: unit.references.places(),
    "Unit.export": lambda unit, _: [rows for name, rows in unit.export().items() if rows],
}
# What a company shares, by its nature: the try page's conversations, when one of them last spoke, where its platform
# is found, and where a team's cards stand.
SHARED: dict[str, Question] = {
    "Transcript.of_conversation": lambda unit, _: [each.body for each in unit.transcript.of_conversation()],
    "Transcript.latest_at": lambda unit, _: unit.transcript.latest_at(),
    "References.service": lambda unit, _: unit.references.service(),
    "Places.of_team": lambda unit, _: [place.message for place in unit.places.of_team("1", "digest:1")],
}
# What `handlers.gate` stands before: which of these a colleague may see, the table of `bot.coach.access` says.
OF_TEAM: dict[str, Question] = {
    "Teams.get": lambda unit, known: unit.teams.get(known.team.id),
    "Teams.members": lambda unit, known: unit.teams.members(known.team.id),
    "Teams.names": lambda unit, known: unit.teams.names(known.team.id),
    "Teams.awaited": lambda unit, known: unit.teams.awaited(known.team.id),
    "Teams.count_ownerless": lambda unit, known: unit.teams.count_ownerless(known.team.id),
    "Teams.person": lambda unit, known: unit.teams.person(known.team.id, OWNER.user),
    "Teams.held": lambda unit, known: unit.teams.held(known.team.id),
    "Lines.helpers": lambda unit, known: unit.lines.helpers(known.team.id),
    "Lines.of_team": lambda unit, known: unit.lines.of_team(known.team.id, WEEK),
    "Lines.get": lambda unit, known: unit.lines.get(known.team.id, known.line.id),
    "Digests.last": lambda unit, known: unit.digests.last(known.team.id),
    "Digests.latest": lambda unit, known: unit.digests.latest(known.team.id),
}
# The same for what changes a team: nobody of another company does, whoever they say they are.
TEAM_CHANGES: dict[str, Question] = {
    "Teams.change": lambda unit, known: unit.teams.change(replace(known.team, name="x")),
    "Teams.invite": lambda unit, known: unit.teams.invite(known.team.id, "U7", LATER),
    "Teams.join": lambda unit, known: unit.teams.join(known.team.id, LATER),
    "Teams.remove": lambda unit, known: unit.teams.remove(known.team.id, OWNER.user),
    "Teams.set_role": lambda unit, known: unit.teams.set_role(known.team.id, OWNER.user, Role.MEMBER),
    "Teams.take_over": lambda unit, known: unit.teams.take_over(known.team.id),
    "Teams.look_at": lambda unit, known: unit.teams.look_at(known.team.id, LATER),
    "Teams.awaits": lambda unit, known: unit.teams.awaits(known.team.id, "x"),
    "Teams.post": lambda unit, known: unit.teams.post(known.team.id, "x", WORDS, LATER),
    "Teams.wake": lambda unit, known: unit.teams.wake(known.team.id, LATER),
    "Teams.unpost": lambda unit, known: unit.teams.unpost(known.team.id, "digest:1"),
    "Teams.tell": lambda unit, known: unit.teams.tell(known.team.id, OWNER.user, "x", WORDS, LATER),
    "Lines.help_with": lambda unit, known: unit.lines.help_with(known.team.id, known.line.id),
}
# Every changing method, aimed at the owner's things by whoever knows their ids.
WRITES: dict[str, Question] = {
    "People.meet": lambda unit, _: unit.people.meet(Profile("Eve", "u1@x.com", "Asia/Tokyo"), LATER),
    "People.change": lambda unit, _: unit.people.change(Person(user="U1", zone="Asia/Tokyo")),
    "Deals.add": lambda unit, _: unit.deals.add(DRAFT),
    "Deals.change": lambda unit, known: unit.deals.change(known.deal.id, DealDraft(name="x", client="x")),
    "Deals.close": lambda unit, known: unit.deals.close(known.deal.id, Stage.LOST, LATER),
    "Preps.answer": lambda unit, known: unit.preps.answer(known.prep.id, Answers(matters="x"), LATER),
    "Preps.depth": lambda unit, known: unit.preps.depth(known.prep.id, Depth.FULL, LATER),
    "Preps.tick": lambda unit, known: unit.preps.tick(known.prep.id, frozenset("a"), frozenset("a"), LATER),
    "Plans.change": lambda unit, known: unit.plans.change(replace(known.plan, demand="x"), LATER),
    "Concessions.pair": lambda unit, known: unit.concessions.pair(known.give.id, known.get.id),
    "Concessions.remove": lambda unit, known: unit.concessions.remove(known.give.id),
    "Promises.change": lambda unit, known: unit.promises.change(replace(known.promise, what="x")),
    "Warmth.change": lambda unit, known: unit.warmth.change(replace(known.warm, done=7)),
    "Warmth.stop": lambda unit, known: unit.warmth.stop(known.deal.id),
    "Warmth.leave_cold": lambda unit, _: unit.warmth.leave_cold(TODAY),
    "Recoveries.change": lambda unit, known: unit.recoveries.change(replace(known.recovery, happened="x")),
    "MyAgenda.put": lambda unit, _: unit.agenda.put(Agenda(next_at=LATER)),
    "Handovers.accept": lambda unit, known: unit.handovers.accept(known.to_me.id, LATER),
    "Handovers.decline": lambda unit, known: unit.handovers.decline(known.to_me.id, LATER),
    "Handovers.withdraw": lambda unit, known: unit.handovers.withdraw(known.mine.id, LATER),
    "Payoffs.remove": lambda unit, known: unit.payoffs.remove(known.payoff.id),
    "CheckIns.undo": lambda unit, known: unit.check_ins.undo(known.deal.id, TODAY, "done"),
    "Lines.take_back": lambda unit, known: unit.lines.take_back(known.line.id),
    "Lines.give_back": lambda unit, known: unit.lines.give_back(known.team.id, TODAY, Count.TRADES),
    "Teams.create": lambda unit, known: unit.teams.create(replace(known.team, id="W9"), LATER),
    "Teams.leave": lambda unit, known: unit.teams.leave(known.team.id),
    "Teams.audit": lambda unit, known: unit.teams.audit(Rule.DIGEST_NOW, known.team.id, "x", LATER),
    "Tips.saw": lambda unit, _: unit.tips.saw("balance.trade", LATER),
    "Conversations.put": lambda unit, _: unit.conversations.put("x", 1, {}, LATER),
    "Conversations.end": lambda unit, _: unit.conversations.end(),
    "Places.put": lambda unit, _: unit.places.put("prep:1", "99", LATER),
    "Outbox.put": lambda unit, _: unit.outbox.put("checkins:2", WORDS, LATER),
    "Outbox.cancel": lambda unit, _: unit.outbox.cancel("checkins:1"),
    "References.put": lambda unit, _: unit.references.put(replace(_reference(unit.address), zone="Asia/Tokyo"), LATER),
    "References.mark_unreachable": lambda unit, _: unit.references.mark_unreachable(LATER),
    "References.remove": lambda unit, _: unit.references.remove("general"),
    "Transcript.change": lambda unit, known: unit.transcript.change(known.message, "x"),
    "Unit.forget": lambda unit, _: unit.forget(),
}
# What begins something on a deal of mine: anybody else is told that there is none.
BEGINNINGS: dict[str, Question] = {
    "Preps.start": lambda unit, known: unit.preps.start(known.deal.id, LATER),
    "Plans.start": lambda unit, known: unit.plans.start(known.deal.id, LATER),
    "Promises.add": lambda unit, known: unit.promises.add(_promise(known.deal)),
    "Warmth.start": lambda unit, known: unit.warmth.start(replace(known.warm, done=7)),
    "Recoveries.start": lambda unit, known: unit.recoveries.start(known.deal.id, LATER),
    "Handovers.offer": lambda unit, known: unit.handovers.offer(known.deal.id, "U9", LATER),
    "Concessions.add": lambda unit, known: unit.concessions.add(known.deal.id, Side.GIVE, LOGO, LATER),
    "Payoffs.add": lambda unit, known: unit.payoffs.add(_brought(known.deal)),
    "CheckIns.note": lambda unit, known: unit.check_ins.note(known.deal.id, TODAY, "skipped"),
    "Lines.share": lambda unit, known: unit.lines.share(_line(known.team), LATER),
    "Lines.withhold": lambda unit, known: unit.lines.withhold(known.team.id, TODAY, Count.PAYOFFS),
    "Handovers.release": lambda unit, known: unit.handovers.release(known.deal.id, known.team.id, LATER),
    "Handovers.assign": lambda unit, known: unit.handovers.assign(known.team.id, _left(unit, known), "U1", LATER),
}
# Adding and clearing are for a whole conversation, and tested with it; telling is for the other one of a hand-over,
# finding for whom to offer one, and what that takes, all tested below. An id is nobody's.
ELSEWHERE = {"Transcript.add", "Transcript.clear", "Handovers.find"}
ELSEWHERE |= {"Handovers.tell", "Handovers.other", "Handovers.shown_to_me"}
ELSEWHERE |= {"Promises.fresh_id", "Payoffs.fresh_id", "Lines.fresh_id", "Teams.fresh_id"}
# A digest is kept by its team's own unit; one of another company would refer to no team, which the database refuses.
ELSEWHERE |= {"Digests.put"}


OTHERS = pytest.mark.parametrize("who", [COLLEAGUE, NAMESAKE, STRANGER], ids=["colleague", "namesake", "stranger"])


NO_DEAL = "told that there is no such deal"


class _UndoneError(Exception):
    """Whatever was written is not to stay."""


async def _tried(store: Store, who: Address, trial: Callable[[Unit], T]) -> T:
    """Try something as somebody, and leave everything as it was before."""
    found: list[T] = []

    def tried(unit: Unit) -> None:
        found.append(trial(unit))
        raise _UndoneError

    with pytest.raises(_UndoneError):
        await store.write(who, tried, at=LATER)
    return found[0]


def _seen_by(unit: Unit, who: Address) -> object:
    """Everything that is somebody's, in the same transaction."""
    return Unit(unit._scope._connection, who).export()  # noqa: SLF001


@OTHERS
async def test_nobody_else_reads_what_is_mine(store: Store, who: Address) -> None:
    known = await store.write(OWNER, _make, at=NOW)
    mine = await store.read(OWNER, lambda unit: [asked for asked, ask in READS.items() if ask(unit, known)])
    theirs = await store.read(who, lambda unit: [asked for asked, ask in READS.items() if ask(unit, known)])
    assert (mine, theirs) == ([*READS], [])


def _changes(asked: str, known: Known, before: object) -> Callable[[Unit], bool]:
    """Whether it changes what is the owner's."""

    def changes(unit: Unit) -> bool:
        WRITES[asked](unit, known)
        return _seen_by(unit, OWNER) != before

    return changes


@pytest.mark.parametrize(
    ("who", "able"),
    [(OWNER, [*WRITES]), (COLLEAGUE, []), (NAMESAKE, []), (STRANGER, [])],
    ids=["owner", "colleague", "namesake", "stranger"],
)
async def test_what_is_mine_i_change_and_nobody_else(store: Store, who: Address, able: list[str]) -> None:
    known = await store.write(OWNER, _make, at=NOW)
    before = await store.read(OWNER, lambda unit: unit.export())
    assert [asked for asked in WRITES if await _tried(store, who, _changes(asked, known, before))] == able
    assert await store.read(OWNER, lambda unit: unit.export()) == before


def _begins(asked: str, known: Known) -> Callable[[Unit], str]:
    """What comes of it where somebody begins something on the owner's deal."""

    def begins(unit: Unit) -> str:
        try:
            return "begun" if BEGINNINGS[asked](unit, known) else "nothing"
        except NotFoundError:
            return NO_DEAL

    return begins


@pytest.mark.parametrize(
    ("who", "outcome"),
    [(OWNER, "begun"), (COLLEAGUE, NO_DEAL), (NAMESAKE, NO_DEAL), (STRANGER, NO_DEAL)],
    ids=["owner", "colleague", "namesake", "stranger"],
)
async def test_only_i_begin_anything_on_my_deal(store: Store, who: Address, outcome: str) -> None:
    known = await store.write(OWNER, _make, at=NOW)
    outcomes = {asked: await _tried(store, who, _begins(asked, known)) for asked in BEGINNINGS}
    assert outcomes == dict.fromkeys(BEGINNINGS, outcome)


async def test_a_conversation_is_shared_within_the_company_but_not_what_is_for_one_person(store: Store) -> None:
    known = await store.write(OWNER, _make, at=NOW)
    expected = {
        OWNER: (["for everybody", "for me"], NOW, SERVICE, ["18"]),
        COLLEAGUE: (["for everybody"], NOW, SERVICE, ["18"]),
        NAMESAKE: ([], None, None, []),
        STRANGER: ([], None, None, []),
    }
    for who, answers in expected.items():
        seen = await store.read(who, lambda unit: tuple(ask(unit, known) for ask in SHARED.values()))
        assert seen == answers
        changed = await store.write(who, lambda unit: unit.transcript.change(known.shared, "changed"), at=NOW)
        assert changed is bool(answers[0])
        await store.write(OWNER, lambda unit: unit.transcript.change(known.shared, "for everybody"), at=NOW)


@pytest.mark.parametrize("asked", OF_TEAM)
async def test_a_team_is_its_companys_and_the_gate_says_whose_in_it(store: Store, asked: str) -> None:
    known = await store.write(OWNER, _make, at=NOW)
    for who in (OWNER, COLLEAGUE):
        assert await store.read(who, lambda unit: OF_TEAM[asked](unit, known))
    for who in (NAMESAKE, STRANGER):
        assert not await store.read(who, lambda unit: OF_TEAM[asked](unit, known))


@pytest.mark.parametrize("asked", TEAM_CHANGES)
async def test_nobody_of_another_company_changes_a_team(store: Store, asked: str) -> None:
    known = await store.write(OWNER, _make, at=NOW)

    def whole(unit: Unit) -> list[object]:
        return [unit.export(), *(ask(unit, known) for ask in OF_TEAM.values())]

    before = await store.read(OWNER, whole)
    for who in (NAMESAKE, STRANGER):
        assert not await store.write(who, lambda unit: TEAM_CHANGES[asked](unit, known), at=LATER)
    assert await store.read(OWNER, whole) == before
    assert await store.team_agendas.due(LATER) == []


# Who in the company gets numbers and the names of clients left to the team: nobody but those in it, and its own unit.
TEAM_UNIT = replace(OWNER, user=team_owner("WT1"), conversation="")
INVITED = replace(OWNER, user="U5")


@pytest.mark.parametrize(
    ("who", "sees"), [(OWNER, True), (TEAM_UNIT, True), (COLLEAGUE, False), (INVITED, False), (NAMESAKE, False)]
)
async def test_what_is_counted_is_for_those_in_the_team(store: Store, who: Address, sees: bool) -> None:  # noqa: FBT001
    known = await store.write(OWNER, _make, at=NOW)
    await store.write(OWNER, lambda unit: unit.teams.invite(known.team.id, INVITED.user, NOW), at=NOW)
    seen = await store.read(who, lambda unit: unit.counts.of_team(known.team.id, WEEK, "UTC"))
    assert bool(seen) is sees
    assert bool(await store.read(who, lambda unit: unit.teams.ownerless(known.team.id))) is sees


# The one door between two people, and who gets through it: whoever is offered the deal, and whoever offers it.
RECEIVER = Address("web", "T1", "general", "U4")
RECEIVERS_NAMESAKE = replace(RECEIVER, tenant="T2")
EVERYBODY = (GIVER, RECEIVER, COLLEAGUE, RECEIVERS_NAMESAKE, STRANGER)


def _seen(unit: Unit) -> list[Handover]:
    """See what I am offered, of which no letter speaks from now on."""
    unit.handovers.shown_to_me()
    return unit.handovers.to_me()


DOOR: dict[str, tuple[Callable[[Unit, Handover], Any], set[Address]]] = {
    "Handovers.to_me": (lambda unit, _: unit.handovers.to_me(), {RECEIVER}),
    "Handovers.get": (lambda unit, offer: unit.handovers.get(offer.id), {GIVER, RECEIVER}),
    "Handovers.of": (lambda unit, offer: unit.handovers.of(offer.deal_id), {GIVER}),
    "Handovers.accept": (lambda unit, offer: unit.handovers.accept(offer.id, LATER), {RECEIVER}),
    "Handovers.decline": (lambda unit, offer: unit.handovers.decline(offer.id, LATER), {RECEIVER}),
    "Handovers.withdraw": (lambda unit, offer: unit.handovers.withdraw(offer.id, LATER), {GIVER}),
    "Handovers.other": (lambda unit, offer: unit.handovers.other(offer.id)[0], {GIVER, RECEIVER}),
    "Handovers.shown_to_me": (lambda unit, _: _seen(unit), {RECEIVER}),
    "Handovers.tell": (lambda unit, offer: unit.handovers.tell(offer.id, WORDS, LATER), {GIVER, RECEIVER}),
    "Deals.get": (lambda unit, offer: unit.deals.get(offer.deal_id), {GIVER}),
    "Promises.of": (lambda unit, offer: unit.promises.of(offer.deal_id), {GIVER}),
    "Warmth.of": (lambda unit, offer: unit.warmth.of(offer.deal_id), {GIVER}),
}


@pytest.mark.parametrize("who", EVERYBODY, ids=["giver", "receiver", "colleague", "receiver's namesake", "stranger"])
async def test_only_the_two_of_a_hand_over_have_a_part_in_it(store: Store, who: Address) -> None:
    offer = await store.write(GIVER, lambda unit: unit.handovers.offer(_won(unit).id, RECEIVER.user, NOW), at=NOW)
    for one in (GIVER, RECEIVER):
        await store.write(one, lambda unit: unit.people.meet(Profile("Jo"), NOW), at=NOW)
    before = await store.read(GIVER, lambda unit: unit.export())
    for asked, (ask, allowed) in DOOR.items():

        def asks(unit: Unit, ask: Callable[[Unit, Handover], Any] = ask) -> tuple[bool, bool]:
            return bool(ask(unit, offer)), _seen_by(unit, GIVER) != before

        answered, changed = await _tried(store, who, asks)
        assert answered is (who in allowed), asked
        assert who in allowed or not changed, asked


@pytest.mark.parametrize(
    ("who", "address", "found"),
    [
        (COLLEAGUE, " U1@x.com ", "U1"),
        (OWNER, "u1@x.com", ""),
        (COLLEAGUE, "u9@x.com", ""),
        (COLLEAGUE, "u1@", ""),
        (COLLEAGUE, "%", ""),
        (COLLEAGUE, "", ""),
        (NAMESAKE, "u1@x.com", ""),
        (STRANGER, "u1@x.com", ""),
    ],
)
async def test_a_whole_address_names_a_colleague_and_nobody_of_another_company(
    store: Store, who: Address, address: str, found: str
) -> None:
    await store.write(OWNER, _make, at=NOW)
    assert await store.read(who, lambda unit: unit.handovers.find(address)) == found


async def test_whoever_is_offered_a_deal_sees_its_names_and_nothing_else_of_its_owner(store: Store) -> None:
    offer = await store.write(GIVER, lambda unit: unit.handovers.offer(_won(unit).id, RECEIVER.user, NOW), at=NOW)
    seen = await store.read(RECEIVER, lambda unit: {name: rows for name, rows in unit.export().items() if rows})
    assert seen == {
        "handovers_to_me": [
            {
                "owner": GIVER.user,
                "id": offer.id,
                "deal_id": offer.deal_id,
                "receiver": RECEIVER.user,
                "state": HandoverState.OFFERED,
                "at": NOW.isoformat(),
                "answered_at": None,
                "deal_name": "Globex",
                "client": "Globex",
            }
        ]
    }


async def test_who_is_due_is_named_across_companies_and_nothing_else_of_them_is(store: Store) -> None:
    for who in (OWNER, NAMESAKE):
        await store.write(who, lambda unit: unit.agenda.put(Agenda(next_at=NOW)), at=NOW)
    due = await store.agendas.due(NOW)
    assert sorted(due, key=lambda one: one.tenant) == [replace(who, conversation="") for who in (OWNER, NAMESAKE)]


def test_every_method_stands_in_one_of_the_tables_above() -> None:
    classes = (
        *(People, Deals, Preps, Plans, Concessions, Tips, Conversations, Places, Outbox, References, Transcript),
        *(Promises, Warmth, Recoveries, MyAgenda, Handovers, Payoffs, CheckIns),
        *(Teams, Lines, Counts, Digests),
    )
    methods = {
        f"{each.__name__}.{name}"
        for each in classes
        for name, found in vars(each).items()
        if not name.startswith("_") and (isfunction(found) or isinstance(found, staticmethod))
    }
    tested = {*READS, *SHARED, *OF_TEAM, *TEAM_CHANGES, *WRITES, *BEGINNINGS, *ELSEWHERE} - {
        "Unit.export",
        "Unit.forget",
    }
    assert methods == tested


# These hold nobody's things, or ask only about the tables themselves.
WITHOUT_TENANT = {"access.py", "team_access.py", "installations.py", "queues.py", "receipts.py", "schema.py"}
STATEMENTS = {"select", "insert", "update", "delete", "text", "table", "column", "exec_driver_sql"}


def test_only_the_two_modules_of_access_begin_statements_on_what_people_store() -> None:
    folder = Path(store.access.__file__).parent
    beginning = set()
    for path in (*folder.glob("*.py"), *folder.glob("tables/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            imported = {name.name for name in node.names} if isinstance(node, ast.ImportFrom) else set()
            called = {node.attr} if isinstance(node, ast.Attribute) and node.attr == "exec_driver_sql" else set()
            from_sql = isinstance(node, ast.ImportFrom) and str(node.module).startswith(("sqlalchemy", "sqlmodel"))
            if (from_sql and imported & STATEMENTS) or called:
                beginning.add(path.name)
    assert beginning == WITHOUT_TENANT
