"""What may be written into a log: no secret, and nothing that somebody typed."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from traceback import walk_tb

HIDDEN = "***"

# Names under which the rooms carry what a person typed, or what a platform tells about them.
_PRIVATE = frozenset(
    {"answer", "answers", "body", "card", "client", "content", "data", "deal", "email", "form", "get", "give", "ideal"}
    | {"matters", "message", "name", "notes", "payload", "profile", "query", "realistic", "sentence", "text", "title"}
    | {"value", "values", "walk_away", "words"}
)
_SECRET = re.compile(r"token|secret|password|authorization|cookie|signature|api_?key|response_url", re.IGNORECASE)

_PATTERNS = (
    (r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w%.-]+", HIDDEN),  # Slack's tokens, rotating ones too
    (r"\beyJ[\w-]+\.[\w-]+\.[\w-]*", HIDDEN),  # signed web tokens
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+", rf"\1 {HIDDEN}"),
    (r"(?i)https?://hooks\.[\w.-]+/\S+", HIDDEN),  # response addresses: who has one can post
    (r"(://[^\s/:@]*:)\S+@", rf"\1{HIDDEN}@"),  # the password of a database address
    (r"(?i)\b(\w*(?:token|secret|password|signature)|code|state)=[^\s&\"']+", rf"\1={HIDDEN}"),
)
_MASKS = tuple((re.compile(pattern), shown) for pattern, shown in _PATTERNS)
_SHORTEST = 6  # characters; a shorter "secret" would blot out ordinary words


class Redactor:
    """Cleans what goes into a log. Knows the patterns of secrets, and the secrets of this start by heart."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Learn the secrets that must never be seen; those under six characters are left out."""
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def mask(self, text: str) -> str:
        """Blot out every secret in a text."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for pattern, shown in _MASKS:
            text = pattern.sub(shown, text)
        return text

    def clean(self, values: Mapping[str, object]) -> dict[str, object]:
        """Leave out what is private by its name, mask the rest, and only name the class of what isn't plain data."""
        return {key: self._plain(value) for key, value in values.items() if not is_private(key)}

    def _plain(self, value: object) -> object:
        match value:
            case bool() | int() | float() | None:
                return value
            case str() | PurePath():
                return self.mask(str(value))
            case date():
                return value.isoformat()
            case Mapping():
                return self.clean({str(key): one for key, one in value.items()})
            case list() | tuple() | set() | frozenset():
                return [self._plain(one) for one in value]
            case _:
                return type(value).__name__


def is_private(key: str) -> bool:
    """Say whether a name stands for a secret, or for what somebody typed."""
    return key.casefold() in _PRIVATE or _SECRET.search(key) is not None


def outline(error: BaseException) -> str:
    """Tell an exception by classes and places, its causes after it; its words may quote what somebody typed."""
    lines: list[str] = []
    waiting, seen = [error], set[int]()
    while waiting:
        step = waiting.pop(0)
        if id(step) not in seen:
            seen.add(id(step))
            lines += [_named(step), *_places(step)]
            waiting += _behind(step)
    return "\n".join(lines)


def _named(error: BaseException) -> str:
    # The operating system's own words are safe, and say what to do: "No space left on device".
    reason = f": {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{reason}"


def _places(error: BaseException) -> Iterator[str]:
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {place(frame.f_code.co_filename, line)} {frame.f_code.co_name}"


def _behind(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        yield from error.exceptions
    if cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        yield cause


def place(path: str, line: int) -> str:
    """Name a line of code by the end of its path: where it is, not whose machine that is on."""
    return f"{'/'.join(PurePath(path).parts[-3:])}:{line}"
