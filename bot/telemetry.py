"""What the coach looks like from outside: measurements, and a log whose lines a user can point at."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from contextvars import ContextVar
from functools import cache
from json import dumps
from time import perf_counter
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

from bot.redaction import Redactor, outline, place

# Crockford's base 32: no I, L, O or U, so that a reference survives being read out on the phone.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 8
_reference: ContextVar[str] = ContextVar("reference", default="")

# Where a library's message turns from its own words to a value.
_VALUE: Final = re.compile("[({\\[<=:'\"`\n]")

_QUICK: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 3.0)
"""Seconds. Slack gives up at three."""
_SLOW: Final = (1.0, 3.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 21600.0, 86400.0)
"""Seconds. A minute is nothing to a reminder, a day is."""


def new_reference() -> str:
    """Make up a reference: eight characters, as good as unique, nothing derived from anybody."""
    return "".join([_ALPHABET[byte & 31] for byte in os.urandom(_LENGTH)])


def bind_reference(reference: str = "") -> str:
    """Give everything this task does from now on a reference, a new one unless given, and return it."""
    reference = reference or new_reference()
    _reference.set(reference)
    return reference


def current_reference() -> str:
    """The reference of what is being done now; empty where none was bound."""
    return _reference.get()


class Timing:
    """Measures one `with` block, in seconds."""

    __slots__ = ("_began", "_observe")

    def __init__(self, observe: Callable[[float], None]) -> None:
        """Tell `observe` when the block is left."""
        self._observe = observe

    def __enter__(self) -> None:
        """Begin."""
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End, however the block ends."""
        self._observe(perf_counter() - self._began)


class Telemetry:
    """The measurements of one application. Labels come from the code, never from what somebody typed.

    Safe from any thread. All times are in seconds.
    """

    def __init__(self) -> None:
        """Start counting from nothing."""
        self._registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        requests = Counter("coach_requests", "What came in.", ("door", "kind"), registry=own)
        errors = Counter("coach_errors", "What went wrong, by class.", ("error",), registry=own)
        acks = Histogram(
            "coach_ack_seconds", "From receipt to acknowledgement.", ("door",), registry=own, buckets=_QUICK
        )
        handlers = Histogram("coach_handler_seconds", "One handler.", ("handler",), registry=own, buckets=_QUICK)
        store = Histogram("coach_store_seconds", "One unit of work.", ("mode",), registry=own, buckets=_QUICK)
        letters = Counter("coach_letters", "What became of unasked words.", ("door", "outcome"), registry=own)
        self._late = Histogram("coach_letter_late_seconds", "From due to sent.", registry=own, buckets=_SLOW)
        # Looking a label up takes prometheus longer than counting: keep what it found.
        self._requests = cache(requests.labels)
        self._errors = cache(errors.labels)
        self._acks = cache(acks.labels)
        self._handlers = cache(handlers.labels)
        self._store = cache(store.labels)
        self._letters = cache(letters.labels)

    def request(self, door: str, kind: str) -> None:
        """Count what came in: through which door and what kind of event, "refused" where it was not the platform's."""
        self._requests(door, kind).inc()

    def acknowledged(self, door: str, seconds: float) -> None:
        """Note how long a platform waited for its acknowledgement."""
        self._acks(door).observe(seconds)

    def door(self, name: str) -> Callable[[str, float], None]:
        """Give a door what it tells each request to: its kind, and the seconds until it was acknowledged."""

        def observe(kind: str, seconds: float) -> None:
            self.request(name, kind)
            self.acknowledged(name, seconds)

        return observe

    def handling(self, handler: str) -> Timing:
        """Measure the `with` block as the work of this handler."""
        return Timing(self._handlers(handler).observe)

    def error(self, name: str) -> None:
        """Count an error by the name of its class."""
        self._errors(name).inc()

    def stored(self, mode: str, seconds: float) -> None:
        """Note how long a unit of work took; `mode` is "read" or "write"."""
        self._store(mode).observe(seconds)

    def letter(self, door: str, outcome: str) -> None:
        """Count what became of something said unasked.

        It was "sent", "found" to have been sent before, put off to be tried "again", given up as "dead", or was
        "stale": in somebody else's hands by then.
        """
        self._letters(door, outcome).inc()

    def late(self, seconds: float) -> None:
        """Note how long after it was due something was said."""
        self._late.observe(seconds)

    def render(self) -> bytes:
        """Write everything in Prometheus' text format, UTF-8."""
        return generate_latest(self._registry)


def configure_logging(stream: TextIO, *, json: bool, secrets: Iterable[str] = (), least: int = logging.INFO) -> None:
    """Write one line a happening to `stream`: our own from `least` on, libraries' from WARNING.

    `json` is for machines, else a person reads along. `secrets` are masked wherever they turn up.
    """
    writer = _Writer(Redactor(secrets), json=json)
    structlog.configure(
        processors=[writer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _LibraryHandler)]:
        root.removeHandler(old)
    root.addHandler(_LibraryHandler(stream, writer))
    root.setLevel(logging.WARNING)


class _Writer:
    """Turns a happening into one line: when, how bad, what, whose reference, and harmless details."""

    def __init__(self, redactor: Redactor, *, json: bool) -> None:
        self._redactor = redactor
        self._stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
        self._console = None if json else structlog.dev.ConsoleRenderer(colors=False)

    def __call__(self, _logger: object, level: str, values: MutableMapping[str, Any]) -> str:
        """Serve as structlog's one processor."""
        error = _error_of(values.pop("exc_info", None))
        return self.line(level, str(values.pop("event", "")), values, error)

    def line(self, level: str, event: str, values: Mapping[str, object], error: BaseException | None) -> str:
        """Write one line without its end."""
        line: dict[str, Any] = {**self._stamp(None, level, {}), "level": level, "event": self._redactor.mask(event)}
        if reference := current_reference():
            line["reference"] = reference
        line = {**line, **self._redactor.clean(values), **line}  # details never hide what every line has
        if error:
            line["exception"] = self._redactor.mask(outline(error))
        return str(self._console(None, level, line)) if self._console else dumps(line)


def _error_of(told: object) -> BaseException | None:
    """Find the exception in what `exc_info` may be: True, the exception, or the three things of `sys.exc_info`."""
    if isinstance(told, tuple):
        told = told[1]
    return told if isinstance(told, BaseException) else sys.exception() if told else None


class _LibraryHandler(logging.Handler):
    """Writes what libraries log in the same form as what we log."""

    def __init__(self, stream: TextIO, writer: _Writer) -> None:
        super().__init__()
        self._stream = stream
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; where that fails nothing is said, for the fallback prints the record as it is."""
        with suppress(Exception):
            values = {"logger": record.name, "place": place(record.pathname, record.lineno)}
            level, error = record.levelname.lower(), _error_of(record.exc_info)
            print(self._writer.line(level, _harmless(record), values, error), file=self._stream, flush=True)


def _harmless(record: logging.LogRecord) -> str:
    """Take from a library's message what it wrote itself.

    That is the template where there is one, else the words before the first value: libraries put whole
    payloads into their warnings.
    """
    message = str(record.msg)
    return message if record.args else _VALUE.split(message, maxsplit=1)[0].rstrip()
