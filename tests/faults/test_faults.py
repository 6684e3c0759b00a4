"""Every fault, a few times and on one database; `tests/faults/run.py` plays each until it is believed, on both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.chat.address import Platform
from tests.faults import faults
from tests.faults.server import Server, new_server


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL server that may be restarted."""
    server = new_server()
    yield server
    server.cleanup()


@pytest.mark.parametrize(("url", "platform"), [("postgres", "slack"), ("sqlite", "teams")], indirect=["url"])
async def test_couriers_killed_anywhere_lose_nothing_and_double_only_what_teams_was_in_doubt_of(
    url: str, platform: Platform
) -> None:
    told = await faults.killed(url, platform, letters=40, kills=4)
    assert (told["kills"], told["lost"]) == (4, 0)
    assert told["doubled"] <= (0 if platform == "slack" else told["ambiguous"])


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_a_courier_stopped_past_its_lease_settles_nothing_any_more(url: str) -> None:
    told = await faults.stopped(url, "slack", times=3)
    assert (told["stops"], told["lost"], told["doubled"]) == (3, 0, 0)
    assert told["found in other hands"] == 3


async def test_a_database_restarted_at_once_loses_and_doubles_nothing(server: Server) -> None:
    told = await faults.restarted(server.database(), server.restart, letters=150, times=1)
    assert (told["lost"], told["doubled"]) == (0, 0)
    assert told["longest until the next arrives, s"] < 30


@pytest.mark.parametrize("bare_url_maker", ["postgres"], indirect=True)
async def test_a_tenant_told_to_wait_is_sent_nothing_meanwhile_and_loses_nothing(
    bare_url_maker: Callable[[], str],
) -> None:
    told = await faults.busy((bare_url_maker(), bare_url_maker()), letters=200, seconds=2)
    assert (told["lost"], told["doubled"], told["sent too early"]) == (0, 0, 0)


@pytest.mark.parametrize(("url", "platform"), [("sqlite", "slack"), ("postgres", "teams")], indirect=["url"])
async def test_what_was_accepted_without_an_answer_is_not_sent_twice_where_it_can_be_looked_up(
    url: str, platform: Platform
) -> None:
    told = await faults.dropped(url, platform, letters=40)
    assert told["lost"] == 0
    assert told["doubled"] == (0 if platform == "slack" else told["answers dropped"])


@pytest.mark.parametrize("bare_url_maker", ["sqlite"], indirect=True)
async def test_poison_is_given_up_after_its_attempts(bare_url_maker: Callable[[], str]) -> None:
    told = await faults.poisoned((bare_url_maker(), bare_url_maker()), letters=200, attempts=3)
    assert (told["lost"], told["doubled"], told["given up"]) == (0, 0, 2)
    assert told["attempts at each"] == 3


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_the_same_event_four_times_at_once_at_two_replicas_has_one_effect(url: str) -> None:
    told = await faults.at_once(url, rounds=5)
    assert told["effects"] == told["letters"] == 5


async def test_a_full_disk_is_a_clear_failure_and_what_was_acknowledged_arrives(tmp_path: Path) -> None:
    told = await faults.full(tmp_path, bytes_at_most=600_000)
    assert told["a clear failure"]
    assert told["acknowledged"] > 10
    assert (told["lost"], told["doubled"]) == (0, 0)
