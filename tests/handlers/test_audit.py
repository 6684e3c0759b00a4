"""What whoever runs the coach can see of who looked: when, who, by which rule, and never what was seen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.coach.access import TABLE, Rule
from content.library import Playbook
from handlers.audit import NOTHING, looked
from tests.handlers.company import Company

HOSTILE = "We\x1b[2Jst\n2026-01-01 00:00 UTC  \u202etsew"


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def audited(company: Company, days: int = 30, tenant: str = "") -> list[str]:
    """What the command prints."""
    return await looked(company._store, company.now - timedelta(days=days), tenant)  # noqa: SLF001


async def test_a_preview_is_written_down_with_who_and_when_and_nothing_of_what_it_said(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest win Globex named the date themselves")
    company.now += timedelta(hours=1)
    await company.says("maya", "digest preview")
    newest, *older = await audited(company)
    said = f"{TABLE[Rule.DIGEST_PREVIEW].sees_or_does} (digest.preview)"
    assert newest == f"2026-11-25 11:00 UTC  T1  Maya (maya)  West  {said}"
    assert any("Ines (ines)  West  join the team (team.join)" in line for line in older)
    assert "Globex" not in "".join([newest, *older])


async def test_it_looks_as_far_back_and_into_the_workspace_that_is_asked_for(company: Company) -> None:
    await company.sets_up("maya", "ines")
    assert await audited(company, tenant="T1")
    assert await audited(company, tenant="T2") == [NOTHING]
    company.now += timedelta(days=40)
    assert await audited(company) == [NOTHING]
    assert await audited(company, days=41)


async def test_who_was_forgotten_has_no_name_there_and_a_team_that_is_gone_none_either(company: Company) -> None:
    await company.sets_up("maya")
    await company.says("maya", "digest preview")
    await company.says("maya", "forget me")
    await company.presses("maya", "Forget me")
    (line,) = await audited(company)
    assert "somebody who was forgotten  a team that is gone" in line
    assert "aya" not in line


async def test_a_name_cannot_steer_the_terminal_or_make_a_line_of_its_own(company: Company) -> None:
    await company.sets_up("maya", name=HOSTILE)
    await company.says("maya", "digest preview")
    (line,) = await audited(company)
    assert line.isprintable()
    assert "We[2Jst 2026-01-01" in line
