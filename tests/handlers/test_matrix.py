"""The access table as a matrix: every verb, button and form, by everybody there is, about every team there is."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.chat.cards import Form
from bot.coach.access import TABLE, Rule, Who, allowed
from bot.coach.deals import DealDraft
from bot.coach.teams import Period, Share, Shared, Team
from content.library import Playbook
from handlers.gate import NOT_YOURS
from handlers.grammar import SPELLINGS
from handlers.table import CHECKLISTS, FORMS, PRESSES, Route
from store import Unit
from tests.handlers.company import CHANNEL, WEDNESDAY, Company

MONDAY = Period(WEDNESDAY.date().replace(day=16), WEDNESDAY.date().replace(day=23))


@dataclass(frozen=True)
class Somebody:
    """Who does something, where they do it, and what they are to the team West."""

    user: str
    what: frozenset[Who] = frozenset()
    there: str = ""
    tenant: str = "T1"


EVERYBODY = {
    "colleague": Somebody("noraq"),
    "invited": Somebody("olafq", frozenset({Who.INVITED})),
    "member": Somebody("inesq", frozenset({Who.MEMBER})),
    "manager": Somebody("mayaq", frozenset({Who.MANAGER})),
    "reader": Somebody("rheaq", frozenset({Who.READER}), CHANNEL),
    "reader elsewhere": Somebody("rheaq", there="C9"),
    "former member": Somebody("tomq"),
    "namesake": Somebody("mayaq", tenant="T2"),
    "reader of another company": Somebody("xenaq", there=CHANNEL, tenant="T2"),
}
# What nobody reads who isn't let through: names of the teams, of who is in them, of clients, and what was shared.
SECRETS = ("Zephyr", "Halcyon", "Inesq", "Mayaq", "Walterq", "Olafq", "Quillfield", "a marmalade win", "a walrus help")
# A rule of a row's own owner, whom the handler lets through; what only opens one's own card or shows no team at all.
OWNERS = {"digest.out": Rule.LINE_TAKE_BACK, "digest.in": Rule.LINES_MINE}
OF_NO_TEAM = {"digest.show": Rule.OWN, "digest.not_here": Rule.OWN, "team.setup": Rule.TEAM_CREATE}
ANSWERS = {
    "name": "Renamed",
    "when": "Friday 9:00",
    "zone": "Europe/Paris",
    "place": CHANNEL,
    "words": "something else",
    "member": "inesq",
    "invited": "noraq@example.com",
    "email": "noraq@example.com",
    "team": "",
}
DIGEST_WORDS = ("", " preview", " now", " schedule", " schedule friday 9:00", " channel", " team", " leave", " setup")


@dataclass(frozen=True)
class House:
    """A database with two teams in one company and one in another, and the ids of what is in them."""

    path: Path
    ids: dict[str, str]

    def subjects(self, action: str, team: str) -> Iterator[str]:
        """Name what a button about a team may be about."""
        of = "" if team == self.ids["west"] else "_east"
        line, helped, deal = (self.ids.get(f"{kind}{of}", "") for kind in ("line", "help", "deal"))
        rest = {
            "digest.out": (f"line.{line}", f"line.{line}.day", f"{MONDAY.ends}.trades", f"{MONDAY.starts}.trades"),
            "digest.in": (f"{MONDAY.ends}.trades",),
            "digest.share": (Share.WIN,),
            "digest.tip": ("balance.trade",),
            "digest.help": (helped,),
            "digest.assign": (deal,),
            "team.manager": ("inesq",),
            "team.remove": ("inesq",),
            "team.release": (deal, self.ids["mine"]),
        }
        yield from (f"{team}.{one}" for one in rest[action]) if action in rest else (team,)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, playbook: Playbook) -> House:
    return asyncio.run(_furnished(tmp_path_factory.mktemp("house"), playbook))


async def _furnished(folder: Path, playbook: Playbook) -> House:
    async with Company(folder, playbook) as company:
        for who in EVERYBODY.values():
            company.tenant = who.tenant
            await company.says(who.user, "hello")
        company.tenant = "T1"
        await company.says("walterq", "hello")
        ids = {
            "west": await company.within("mayaq", lambda work: _team(work, "Zephyr", CHANNEL)),
            "east": await company.within("walterq", lambda work: _team(work, "Halcyon", "C7")),
        }
        for user in ("inesq", "tomq"):
            await company.within(user, lambda work: work.teams.join(ids["west"], WEDNESDAY))
        await company.within("tomq", lambda work: work.teams.leave(ids["west"]))
        await company.within("mayaq", lambda work: work.teams.invite(ids["west"], "olafq", WEDNESDAY))
        ids |= await company.within("inesq", lambda work: _things(work, ids["west"]))
        ids |= await company.within(
            "walterq", lambda work: {f"{key}_east": this for key, this in _things(work, ids["east"]).items()}
        )
        offer = lambda work: work.handovers.assign(ids["west"], ids["deal"], "inesq", WEDNESDAY).id  # noqa: E731
        ids["offer"] = await company.within("mayaq", offer)
        company.tenant = "T2"
        ids["north"] = await company.within("mayaq", lambda work: _team(work, "Meridian", CHANNEL))
    return House(folder / "coach.db", ids)


def _team(work: Unit, name: str, channel: str) -> str:
    team = Team(id=work.teams.fresh_id(), name=name, channel=channel, covered_to=MONDAY.ends)
    work.digests.put(work.teams.create(team, WEDNESDAY).id, MONDAY, {}, "balance.trade", WEDNESDAY)
    return team.id


def _things(work: Unit, team: str) -> dict[str, str]:
    ids = {"line": work.lines.fresh_id(), "help": work.lines.fresh_id()}
    for kind, text in ((Share.WIN, "a marmalade win"), (Share.HELP, "a walrus help")):
        this = ids["line" if kind is Share.WIN else "help"]
        on = WEDNESDAY.date() if kind is Share.WIN else MONDAY.starts
        work.lines.share(Shared(id=this, team_id=team, user="", kind=kind, text=text, on=on), WEDNESDAY)
    left, mine = (work.deals.add(DealDraft(name=f"Quillfield {n}", client="Quillfield")).id for n in (1, 2))
    work.handovers.release(left, team, WEDNESDAY)
    return ids | {"deal": left, "mine": mine}


def _copy(house: House, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(house.path, folder / "coach.db")


@asynccontextmanager
async def copied(house: House, folder: Path, playbook: Playbook, who: Somebody) -> AsyncIterator[Company]:
    """Be in a copy of the house."""
    _copy(house, folder)
    async with Company(folder, playbook) as company:
        company.tenant = who.tenant
        yield company


def stored(folder: Path, but: Somebody | None = None) -> dict[str, list[str]]:
    """Read everything there is, as it stands in the file; without what is `but` somebody's own, or their company's."""
    with closing(sqlite3.connect(folder / "coach.db")) as database:
        database.row_factory = sqlite3.Row
        names = [row["name"] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: list(map(dict, database.execute(f"SELECT * FROM {name}"))) for name in names}  # noqa: S608
    return {
        name: sorted(str(row) for row in each if not (but and _is_theirs(row, but)))
        for name, each in rows.items()
        if name not in {"receipts", "sqlite_sequence"}
    }


def _is_theirs(row: dict[str, Any], who: Somebody) -> bool:
    return row.get("tenant") == who.tenant and (row.get("owner") == who.user or who.tenant == "T2")


def _of_teams() -> Iterator[tuple[str, str, Route]]:
    for kind, table in (("press", PRESSES), ("form", FORMS)):
        for name, route in table.items():
            if name.partition(".")[0] in {"digest", "team"}:
                yield kind, name, route


async def _does(company: Company, who: Somebody, kind: str, name: str, subject: str) -> str:
    """Do it; give everything that comes back, whatever it is."""
    if kind == "press":
        await company.sends(who.user, name, subject, there=who.there)
    else:
        await company.submits(who.user, form=Form(name, subject, "T", ()), there=who.there, **ANSWERS)
    return repr(company.replies[who.user])


# The other company's team is its own people's.
FOREIGN = [
    (role, team)
    for role, who in EVERYBODY.items()
    for team in ("west", "east", "north", "forged")
    if (who.tenant, team) != ("T2", "north")
]


def _may(route: Route, name: str, who: Somebody, team: str) -> bool:
    """Whether the table lets somebody through to a team of the first company."""
    what = who.what if team == "west" else frozenset[Who]()
    if name in OWNERS:
        return not what.isdisjoint({Who.MEMBER, Who.MANAGER})
    return allowed(route.rule, what)


def test_every_route_about_a_team_has_a_rule_of_teams() -> None:
    for _, name, route in _of_teams():
        if name in OF_NO_TEAM:
            assert route.rule is OF_NO_TEAM[name]
        elif name in OWNERS:
            assert route.rule is OWNERS[name]
        else:
            assert TABLE[route.rule].of_team, f"{name} asks for no place in the team"


@pytest.mark.parametrize(("role", "team"), FOREIGN)
async def test_who_is_not_let_through_reads_one_sentence_and_changes_nothing(
    house: House, tmp_path: Path, playbook: Playbook, role: str, team: str
) -> None:
    who = EVERYBODY[role]
    this = house.ids.get(team, f"{house.ids['west']}x")
    async with copied(house, tmp_path / "copy", playbook, who) as company:
        before = stored(tmp_path / "copy")
        for kind, name, route in _of_teams():
            if name in OF_NO_TEAM or (who.tenant == "T1" and _may(route, name, who, team)):
                continue
            for subject in house.subjects(name, this):
                said = await _does(company, who, kind, name, subject)
                assert NOT_YOURS in said, f"{kind} {name} says {said}"
                assert not _read(said, who)
        assert stored(tmp_path / "copy") == before


@pytest.mark.parametrize("role", [role for role, who in EVERYBODY.items() if who.what])
async def test_who_is_let_through_is_answered_by_every_button_and_form(
    house: House, tmp_path: Path, playbook: Playbook, role: str
) -> None:
    who, west = EVERYBODY[role], house.ids["west"]
    for kind, name, route in _of_teams():
        if name in OF_NO_TEAM or not _may(route, name, who, "west"):
            continue
        for subject in house.subjects(name, west):
            async with copied(house, tmp_path / "copy", playbook, who) as company:
                said = await _does(company, who, kind, name, subject)
                assert NOT_YOURS not in said, f"{kind} {name}"
                assert "Something broke" not in said, f"{kind} {name}"


@pytest.mark.parametrize("role", [role for role, who in EVERYBODY.items() if not who.what])
async def test_no_button_or_form_at_all_gives_away_a_team_or_changes_what_is_another_s(
    house: House, tmp_path: Path, playbook: Playbook, role: str
) -> None:
    who = EVERYBODY[role]
    async with copied(house, tmp_path / "copy", playbook, who) as company:
        before = stored(tmp_path / "copy", but=who)
        ids = {key: this for key, this in house.ids.items() if key != "north"}
        for subject in (*ids.values(), f"team:{ids['west']}", f"{ids['west']}.{ids['line']}"):
            for kind, table in (("press", PRESSES), ("form", FORMS)):
                for name in table:
                    if name in {"privacy.gone", "team.setup"}:
                        continue
                    said = await _does(company, who, kind, name, subject)
                    assert "Something broke" not in said, f"{kind} {name}"
                    assert not _read(said, who), f"{kind} {name}"
        assert stored(tmp_path / "copy", but=who) == before


def _read(said: str, who: Somebody) -> list[str]:
    """Which secrets somebody reads; one's own name is none."""
    return [secret for secret in SECRETS if secret in said and secret.lower() != who.user]


@pytest.mark.parametrize("role", [role for role, who in EVERYBODY.items() if not who.what])
async def test_no_verb_tells_whoever_is_in_no_team_anything_of_one(
    house: House, tmp_path: Path, playbook: Playbook, role: str
) -> None:
    who = EVERYBODY[role]
    async with copied(house, tmp_path / "copy", playbook, who) as company:
        before = stored(tmp_path / "copy", but=who)
        said_of = [*SPELLINGS, *(f"digest{words}" for words in DIGEST_WORDS), "digest win we did", "digest help me"]
        for words in (*said_of, *(f"{verb} {house.ids['west']}" for verb in SPELLINGS)):
            said = await company.says(who.user, words)
            said += repr(company.replies[who.user])
            assert not _read(said, who), words
        assert stored(tmp_path / "copy", but=who) == before


def test_a_list_of_ticks_is_about_no_team() -> None:
    assert not [name for name, route in CHECKLISTS.items() if TABLE[route.rule].of_team]
