"""A store full of people who did something, and of their teams, put there in bulk: one by one would take an hour."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from sys import path

from servers import ROOT
from sqlalchemy import Connection, text

path.append(str(ROOT))

from store import Store

CHUNK = 100_000
"""So many rows at once: the coach waits half a minute for an answer of PostgreSQL, and no longer."""
_COUNTED = {
    "promises": {"kept": 9, "late": 2, "due": 3},
    "check_ins": {"done": 14, "snoozed": 3, "skipped": 1},
    "trades": {"gives": 12, "with_get": 7, "gets": 8},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Each of `people` did so much, strewn over `days` days from `since` on; every `team` of them are a team.

    The teams' digests go out at `moment`, in UTC, and cover everything from `covered_to` on. `weeks` went out before.
    """

    people: int
    deals: int
    promises: int
    concessions: int
    check_ins: int
    payoffs: int
    lines: int = 0
    team: int
    since: date
    days: int
    covered_to: date
    moment: datetime
    weeks: int = 0

    @property
    def teams(self) -> int:
        """How many teams there are; the last may be smaller."""
        return -(-self.people // self.team)

    async def fill(self, store: Store) -> None:
        """Put it into an empty store."""

        def work(connection: Connection) -> None:
            for statement in self._statements(_KINDS[connection.dialect.name]):
                connection.execute(text(statement))
            connection.execute(text("ANALYZE"))

        await store.migrate()
        await change(store, work)

    def _statements(self, kind: "_Dialect") -> list[str]:
        words = {
            "who": f"'T1', 'U' || (i % {self.people})",
            "deal": f"'D' || (i / {self.people} % {self.deals})",
            "people": self.people,
            "team": self.team,
            "teams": self.teams,
            "covered_to": self.covered_to,
            "weekday": self.moment.weekday(),
            "at": self.moment.time().replace(second=0, microsecond=0),
            "day": kind.day.format(since=self.since, ahead=f"i / {self.people} * 3 % {self.days}"),
            "moment": kind.moment.format(since=self.since, ahead=f"i / {self.people} * 3 % {self.days}"),
            "week": kind.day.format(since=self.covered_to, ahead=f"-7 * (i / {self.teams} + 1)"),
            "week_after": kind.day.format(since=self.covered_to, ahead=f"-7 * (i / {self.teams})"),
            "then": kind.moment.format(since=self.covered_to, ahead="0"),
            "false": kind.false,
            "counted": json.dumps(_COUNTED),
        }
        each = {
            "deals": self.deals * self.people,
            "promises": self.promises * self.people,
            "concessions": self.concessions * self.people,
            "check_ins": self.check_ins * self.people,
            "payoffs": self.payoffs * self.people,
            "people": self.people,
            "teams": self.teams,
            "team_members": self.people,
            "shared_lines": self.lines * self.people,
            "digests": self.weeks * self.teams,
        }
        return [
            statement.format(
                **words, numbers=kind.numbers.format(first=first, last=min(first + CHUNK, each[table]) - 1)
            )
            for table, statement in _PUT.items()
            for first in range(0, each[table], CHUNK)
        ]


async def change(store: Store, work: Callable[[Connection], None]) -> None:
    """Change what no product changes."""
    await store._database.write(work)  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a database counts, and moves a day and a moment ahead."""

    numbers: str
    day: str
    moment: str
    false: str


_KINDS = {
    "sqlite": _Dialect(
        "(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)",
        "date('{since}', ({ahead}) || ' days')",
        "datetime('{since}', ({ahead}) || ' days') || '.000000'",
        "0",
    ),
    "postgresql": _Dialect(
        "generate_series({first}, {last}) AS n(i)",
        "(date '{since}' + CAST({ahead} AS integer))",
        "(timestamptz '{since} 00:00+00' + make_interval(days => CAST({ahead} AS integer)))",
        "false",
    ),
}
# `i` counts all rows of a kind: the person is the remainder, so that a team's rows lie strewn over the table.
_PUT = {
    "people": """INSERT INTO people (tenant, owner, name, email, zone, chose_zone, starts, ends, region, met_at)
        SELECT {who}, 'Jordan Meyer', '', 'UTC', {false}, '09:00:00', '17:30:00', '', {moment} FROM {numbers}""",
    "deals": """INSERT INTO deals (tenant, owner, id, name, client, currency, stage, closes_on, notes, name_key,
        client_key) SELECT {who}, {deal}, 'Acme', 'Acme', '', 'won', '9999-12-31', '', 'acme', 'acme' FROM {numbers}""",
    "promises": """INSERT INTO promises (tenant, owner, id, deal_id, what, due, made_on, state, settled_on, concession,
        instead_of, noticed) SELECT {who}, 'P' || i, {deal}, '', {day}, '2024-01-01',
        CASE i / {people} % 4 WHEN 0 THEN 'open' ELSE 'kept' END,
        CASE i / {people} % 4 WHEN 0 THEN NULL ELSE {day} END, '', '', '' FROM {numbers}""",
    "concessions": """INSERT INTO concessions (tenant, owner, id, deal_id, number, side, what, unit, at_most, condition,
        words, ours, ours_known, theirs, theirs_known, entry, paired, at) SELECT {who}, 'C' || i, {deal}, i,
        CASE i / {people} % 2 WHEN 0 THEN 'give' ELSE 'get' END, '', '', {false}, '', '', '', {false}, '', {false}, '',
        '', {moment} FROM {numbers}""",
    "check_ins": """INSERT INTO check_ins (tenant, owner, on_day, deal_id, outcome)
        SELECT {who}, {day}, {deal}, 'done' FROM {numbers}""",
    "payoffs": """INSERT INTO payoffs (tenant, owner, id, deal_id, kind, to_name, on_day)
        SELECT {who}, 'B' || i, {deal}, 'renewal', '', {day} FROM {numbers}""",
    "teams": """INSERT INTO teams (tenant, id, platform, name, channel, channel_name, weekday, at, zone, covered_to,
        awaited, problem) SELECT 'T1', 'W' || i, 'slack', 'West', 'C' || i, '', {weekday}, '{at}', 'UTC',
        '{covered_to}', '', '' FROM {numbers}""",
    "team_members": """INSERT INTO team_members (tenant, owner, team_id, role, joined_at)
        SELECT {who}, 'W' || (i / {team}), 'member', {moment} FROM {numbers}""",
    "shared_lines": """INSERT INTO shared_lines (tenant, owner, id, team_id, kind, text, said_on, helper, at)
        SELECT {who}, 'L' || i, 'W' || (i % {people} / {team}),
        CASE i % {team} WHEN 0 THEN 'help' ELSE 'win' END,
        'Asked what a late go-live would cost them, and got two years for it.', {day}, '', {moment} FROM {numbers}""",
    "digests": """INSERT INTO digests (tenant, team_id, starts, ends, counts, practice, at)
        SELECT 'T1', 'W' || (i % {teams}), {week}, {week_after}, '{counted}', 'balance.trade', {then} FROM {numbers}""",
}
