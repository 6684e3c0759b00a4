"""Measurements stay apart, and every log line is one harmless line with a reference."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from bot.telemetry import Telemetry, bind_reference, configure_logging, current_reference, new_reference

log = structlog.get_logger()


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A log as a machine reads it."""
    lines = io.StringIO()
    configure_logging(lines, json=True, secrets=["signing-s3cret"])
    yield lines
    configure_logging(io.StringIO(), json=True)


def lines_of(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def samples(telemetry: Telemetry) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(telemetry.render().decode())
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def labels(**values: str) -> frozenset[tuple[str, str]]:
    return frozenset(values.items())


def test_requests_and_errors_are_counted_by_their_labels() -> None:
    telemetry = Telemetry()
    telemetry.request("slack", "command")
    telemetry.request("slack", "command")
    telemetry.request("slack", "refused")
    telemetry.error("NotFoundError")
    found = samples(telemetry)
    assert found["coach_requests_total", labels(door="slack", kind="command")] == 2
    assert found["coach_requests_total", labels(door="slack", kind="refused")] == 1
    assert found["coach_errors_total", labels(error="NotFoundError")] == 1


def test_times_are_kept_in_seconds() -> None:
    telemetry = Telemetry()
    telemetry.acknowledged("slack", 0.002)
    telemetry.stored("write", 0.5)
    found = samples(telemetry)
    assert found["coach_ack_seconds_sum", labels(door="slack")] == pytest.approx(0.002)
    assert found["coach_store_seconds_bucket", labels(mode="write", le="0.25")] == 0
    assert found["coach_store_seconds_bucket", labels(mode="write", le="1.0")] == 1


def test_a_handler_is_measured_even_when_it_fails() -> None:
    telemetry = Telemetry()
    with pytest.raises(ValueError, match="broken"), telemetry.handling("prep.show"):
        raise ValueError("broken")
    found = samples(telemetry)
    assert found["coach_handler_seconds_count", labels(handler="prep.show")] == 1
    assert 0 <= found["coach_handler_seconds_sum", labels(handler="prep.show")] < 1


def test_two_applications_do_not_share_their_measurements() -> None:
    one, other = Telemetry(), Telemetry()
    one.error("NotFoundError")
    assert ("coach_errors_total", labels(error="NotFoundError")) not in samples(other)


def test_a_reference_can_be_read_out_on_the_phone() -> None:
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 8 and not set(one) & set("ILOUilou") for one in made)


async def test_each_task_has_its_own_reference() -> None:
    async def work() -> tuple[str, str]:
        bound = bind_reference()
        await asyncio.sleep(0)
        return bound, current_reference()

    (first, first_later), (second, second_later) = await asyncio.gather(work(), work())
    assert first == first_later != second == second_later
    assert current_reference() == ""


def test_a_line_says_when_how_bad_what_and_whose(stream: io.StringIO) -> None:
    reference = bind_reference("7K3QF2ZN")
    log.info("answered", door="slack", seconds=0.25)
    [line] = lines_of(stream)
    moment = datetime.fromisoformat(line.pop("timestamp"))
    assert moment.utcoffset() == timedelta(0)
    assert abs((moment - datetime.fromtimestamp(_now(), UTC)).total_seconds()) < 60
    assert line == {"level": "info", "event": "answered", "reference": reference, "door": "slack", "seconds": 0.25}


def _now() -> float:
    return logging.makeLogRecord({}).created


def test_details_never_hide_what_every_line_has(stream: io.StringIO) -> None:
    log.info("answered", level="none", timestamp="never")
    [line] = lines_of(stream)
    assert line["level"] == "info"
    assert line["timestamp"] != "never"


def test_secrets_and_private_words_stay_out(stream: io.StringIO) -> None:
    log.warning("call with signing-s3cret failed", why="xoxb-s3cret", text="private", answers={"ideal": "private"})
    log.warning("asked", seen={"notes": "private", "url": "postgresql://u:s3cret@db/c"})
    assert "s3cret" not in stream.getvalue()
    assert "private" not in stream.getvalue()
    assert "***" in stream.getvalue()


def test_a_failure_is_logged_with_its_place_and_without_its_words(stream: io.StringIO) -> None:
    try:
        int("private")
    except ValueError:
        log.exception("a handler failed")
    [line] = lines_of(stream)
    assert line["level"] == "error"
    assert line["exception"].startswith("builtins.ValueError\n  ")
    assert "private" not in stream.getvalue()


def test_a_library_speaks_the_same_lines_without_the_payload_it_quotes(stream: io.StringIO) -> None:
    library = logging.getLogger("some.library")
    library.warning("Unhandled request ({'text': 'private'})")
    library.error("Could not deliver %s", "private")
    library.info("chatter")
    first, second = lines_of(stream)
    assert (first["event"], first["logger"], first["level"]) == ("Unhandled request", "some.library", "warning")
    assert second["event"] == "Could not deliver %s"
    assert first["place"].startswith("tests/bot/test_telemetry.py:")
    assert "private" not in stream.getvalue()


def test_a_library_exception_is_outlined(stream: io.StringIO) -> None:
    try:
        int("private")
    except ValueError as error:
        logging.getLogger("some.library").warning("Task failed\n%r", error, exc_info=error)
    [line] = lines_of(stream)
    assert line["exception"].startswith("builtins.ValueError")
    assert "private" not in stream.getvalue()


def test_configuring_twice_does_not_write_twice() -> None:
    old, new = io.StringIO(), io.StringIO()
    configure_logging(old, json=True)
    configure_logging(new, json=True)
    logging.getLogger("some.library").warning("once")
    log.info("twice")
    assert not old.getvalue()
    assert [line["event"] for line in lines_of(new)] == ["once", "twice"]


def test_a_command_that_only_answers_is_told_what_broke_and_nothing_else() -> None:
    stream = io.StringIO()
    configure_logging(stream, json=True, least=logging.ERROR)
    log.info("refused")
    log.warning("a profile could not be read")
    log.error("a handler failed")
    assert [line["event"] for line in lines_of(stream)] == ["a handler failed"]


def test_a_person_reads_the_same_without_json() -> None:
    stream = io.StringIO()
    configure_logging(stream, json=False)
    log.info("serving", door="slack", text="private")
    assert "serving" in stream.getvalue()
    assert "door=slack" in stream.getvalue()
    assert "private" not in stream.getvalue()
