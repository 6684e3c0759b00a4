"""The gate before the handlers: every rule of a team, asked by everybody there is, answers as the table says."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.events import Asked, Pressed, Submitted, Ticked
from bot.chat.ports import Profile
from bot.chat.replies import Answer, Say
from bot.coach.access import TABLE, Rule, Who, allowed
from bot.coach.teams import Role, Team
from bot.errors import NotFoundError
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers import gate
from handlers.router import Router
from handlers.table import CHECKLISTS, DUE, FORMS, JOINED, OPENED, PRESSES, QUOTED, VERBS, Route
from store import Store, Unit
from tests.handlers.conftest import NOW

ROOM = "C1"
MANAGER = Address("slack", "T1", "D1", "U1")
MEMBER = Address("slack", "T1", "D2", "U2")
INVITED = Address("slack", "T1", "D3", "U3")
READER = Address("slack", "T1", ROOM, "U4")
ELSEWHERE = Address("slack", "T1", "C2", "U4")
COLLEAGUE = Address("slack", "T1", "D5", "U5")
NAMESAKE = Address("slack", "T2", ROOM, "U1")
STRANGER = Address("slack", "T2", ROOM, "U9")
# Everybody, and what they are to the team of U1.
PEOPLE: dict[str, tuple[Address, set[Who]]] = {
    "manager": (MANAGER, {Who.MANAGER}),
    "manager in the channel": (replace(MANAGER, conversation=ROOM), {Who.MANAGER, Who.READER}),
    "member": (MEMBER, {Who.MEMBER}),
    "member in the channel": (replace(MEMBER, conversation=ROOM), {Who.MEMBER, Who.READER}),
    "invited": (INVITED, {Who.INVITED}),
    "reader": (READER, {Who.READER}),
    "reader in a thread": (replace(READER, conversation=f"{ROOM};messageid=17"), {Who.READER}),
    "reader of another channel": (ELSEWHERE, set()),
    "colleague": (COLLEAGUE, set()),
    "manager's namesake of another company": (NAMESAKE, set()),
    "reader of another company": (STRANGER, set()),
}
TEAM_RULES = [rule for rule in Rule if TABLE[rule].of_team]


@dataclass(frozen=True)
class House:
    """One team, in a store of its own."""

    store: Store
    team: Team

    async def audited(self) -> int:
        rows = [await self.store.read(who, lambda unit: unit.export()["audit"]) for who, _ in PEOPLE.values()]
        return max(len(each) for each in rows if isinstance(each, list))


def _set_up(unit: Unit) -> Team:
    team = Team(id=unit.teams.fresh_id(), name="West", channel=ROOM, covered_to=date(2026, 11, 23))
    return unit.teams.create(team, NOW)


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    store = Store.open(database)
    team = await store.write(MANAGER, _set_up, at=NOW)
    await store.write(MEMBER, lambda unit: unit.teams.join(team.id, NOW), at=NOW)
    await store.write(MANAGER, lambda unit: unit.teams.invite(team.id, INVITED.user, NOW), at=NOW)
    yield House(store, team)
    await store.close()


def pressed(who: Address, subject: str, action: str = "digest.x") -> Pressed:
    return Pressed(address=who, at=NOW, receipt="", action=action, subject=subject)


async def _let_through(house: House, rule: Rule, event: Pressed | Submitted | Ticked | Asked) -> bool:
    try:
        await house.store.write(event.address, lambda unit: gate.check(rule, event, unit, NOW), at=NOW)
    except NotFoundError as error:
        assert error.sentence == gate.NOT_YOURS  # noqa: PT017  the same for everybody, whatever the reason
        return False
    return True


@pytest.mark.parametrize("name", PEOPLE)
async def test_everybody_is_to_a_team_what_its_rows_and_the_platform_say(house: House, name: str) -> None:
    who, expected = PEOPLE[name]
    if who.tenant == MANAGER.tenant:
        assert await house.store.read(who, lambda unit: gate.who(house.team, unit)) == expected
    else:
        assert await house.store.read(who, lambda unit: unit.teams.get(house.team.id)) is None


@pytest.mark.parametrize("rule", TEAM_RULES)
async def test_a_team_is_open_to_whom_the_table_lets_through_and_who_came_is_written_down(
    house: House, rule: Rule
) -> None:
    for who, what in PEOPLE.values():
        before = await house.audited()
        let = await _let_through(house, rule, pressed(who, f"{house.team.id}.rest"))
        assert let is allowed(rule, frozenset(what))
        mine: Any = await house.store.read(who, lambda unit: unit.export()["audit"])
        if let and TABLE[rule].audited:
            last = {"actor": who.user, "rule": rule, "team_id": house.team.id, "about": "digest.x"}
            assert mine[-1] == last | {"at": NOW.isoformat()}
        else:
            assert await house.audited() == before


@pytest.mark.parametrize(
    "subject", ["", ".", "nothing", "nothing.x", "team:x", "x" * 5000, "\u202e\U0001f600", "' OR 1"]
)
async def test_a_forged_team_is_answered_like_one_of_another_company(house: House, subject: str) -> None:
    assert not await _let_through(house, Rule.TEAM_LEAVE, pressed(MANAGER, subject))


async def test_a_form_and_a_list_of_ticks_name_their_team_as_a_button_does(house: House) -> None:
    form = Submitted(address=MANAGER, at=NOW, receipt="", form="digest.x", subject=house.team.id, answers={})
    ticks = Ticked(
        address=MANAGER, at=NOW, receipt="", checklist=f"x.{house.team.id}", shown=frozenset(), chosen=frozenset()
    )
    for event in (form, ticks):
        assert await _let_through(house, Rule.DIGEST_CHANGE, event)
        assert not await _let_through(house, Rule.DIGEST_CHANGE, replace(event, address=MEMBER))


async def test_a_verb_names_no_team_and_its_handler_asks_for_the_one_it_found(house: House) -> None:
    assert await _let_through(house, Rule.DIGEST_NOW, Asked(address=COLLEAGUE, at=NOW, receipt="", text="now"))
    found = lambda unit: gate.admit(Rule.DIGEST_NOW, house.team.id, unit, NOW, "digest now")  # noqa: E731
    assert await house.store.write(MANAGER, found, at=NOW) == house.team
    for who in (MEMBER, COLLEAGUE, NAMESAKE):
        with pytest.raises(NotFoundError, match="that team, or it isn't yours"):
            await house.store.write(who, found, at=NOW)
    assert await house.audited() == 1


async def test_a_member_who_left_is_let_through_no_more(house: House) -> None:
    await house.store.write(MEMBER, lambda unit: unit.teams.leave(house.team.id), at=NOW)
    assert not await _let_through(house, Rule.LINE_SHARE, pressed(MEMBER, house.team.id))


async def test_a_manager_made_a_member_again_manages_nothing(house: House) -> None:
    await house.store.write(MANAGER, lambda unit: unit.teams.set_role(house.team.id, "U1", Role.MEMBER), at=NOW)
    assert not await _let_through(house, Rule.DIGEST_NOW, pressed(MANAGER, house.team.id))


async def test_opening_a_form_is_not_written_down_but_guarded_all_the_same(house: House) -> None:
    async def ask(who: Address) -> None:
        event = pressed(who, house.team.id)
        await house.store.read(who, lambda unit: gate.check(Rule.DIGEST_CHANGE, event, unit, NOW, noting=False))

    await ask(MANAGER)
    with pytest.raises(NotFoundError):
        await ask(MEMBER)
    assert await house.audited() == 0


class _Platform:
    """A platform that says of everybody what it knows."""

    async def profile(self, _address: Address) -> Profile:
        return Profile("Ann", "", "UTC")


def _spy(_event: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    work.tips.saw("balance.trade", NOW)
    return (Say(Card("seen", (prose("seen"),))),)


async def test_a_handler_behind_the_gate_never_runs_for_who_is_not_let_through(
    house: House, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRESSES, "digest.x", Route(_spy, rule=Rule.DIGEST_NOW))
    router = Router(house.store, playbook, {"slack": _Platform()}, lambda: NOW, Telemetry())  # type: ignore[dict-item]
    for who, seen in ((MANAGER, "seen"), (MEMBER, gate.NOT_YOURS), (NAMESAKE, gate.NOT_YOURS)):
        (said,) = await router(pressed(who, house.team.id))
        assert isinstance(said, Say)
        assert said.card.summary == seen
        tips = await house.store.read(who, lambda unit: unit.tips.seen())
        assert bool(tips) is (seen == "seen")
    assert await house.audited() == 1


def _routes() -> list[tuple[str, Route]]:
    tables = (VERBS, PRESSES, FORMS, CHECKLISTS, DUE, {"opened": OPENED, "joined": JOINED, "quoted": QUOTED})
    return [(name, route) for table in tables for name, route in table.items()]


def test_what_is_written_down_comes_by_a_route_that_writes() -> None:
    audited = [(name, route) for name, route in _routes() if TABLE[route.rule].audited]
    assert [name for name, route in audited if not (route.writes or route.asks)] == []
