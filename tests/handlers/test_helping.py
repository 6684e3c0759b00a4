"""Help that is asked for in a digest, and offered from where it stands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.library import Playbook
from tests.handlers.company import CHANNEL, Company


@pytest.fixture
async def company(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Company]:
    async with Company(tmp_path, playbook) as company:
        yield company


async def test_help_is_offered_by_a_reader_who_is_named_and_the_card_keeps_the_rest(company: Company) -> None:
    team = await company.sets_up("maya", "ines")
    await company.leaves("ines", team, "Globex rollout")
    await company.says("ines", "digest help who knows procurement?")
    await company.to_monday()
    assert "Thank you. I let Ines know" in await company.presses("rhea", "I'll help", there=CHANNEL)
    assert "Rhea is helping." in company.channel()[-1]
    assert "One client has no owner" in company.channel()[-1]


async def test_help_offered_from_a_managers_copy_shows_in_the_channel_and_the_copy_stays_one(company: Company) -> None:
    await company.sets_up("maya", "ines")
    await company.says("ines", "digest help who knows procurement?")
    await company.to_monday()
    await company.says("maya", "digest now")
    said = await company.presses("maya", "I'll help")
    assert "Your own copy" in said
    assert "Maya is helping." in company.channel()[-1]


async def test_a_request_that_was_taken_back_is_nobodys_to_help_with(company: Company) -> None:
    team = await company.sets_up("maya", "ines", "tom")
    await company.says("ines", "digest help who knows procurement?")
    await company.to_monday()
    line = await company.line("ines", team)
    await company.sends("ines", "digest.out", f"{team}.line.{line}")
    said = await company.sends("tom", "digest.help", f"{team}.{line}", there=CHANNEL)
    assert "That request was taken back" in said
