"""What Teams says when it doesn't take something, told apart by what helps."""

from typing import Final

from bot.errors import AmbiguousError, BusyError, Obstacle, PlatformError, UnreachableError

# Teams' names for a conversation that is no more, and for one that the coach was taken out of.
NO_CONVERSATION: Final = "ConversationNotFound"
NOT_IN_ROSTER: Final = "BotNotInConversationRoster"
_OUT: Final = "Teams no longer lets me in. Nothing was lost; an admin can check my app id and password."
_GONE: Final = "Teams no longer has that chat or message. Nothing was lost; ask again for a fresh card."
_SENTENCES: Final = {
    401: _OUT,
    403: "Teams doesn't let me write there. Nothing was lost; add me to that chat, or unblock me, and try again.",
    404: _GONE,
    413: "That is too long for one message in Teams. Nothing was lost; ask for a part of it.",
    429: "Teams asks me to slow down. Nothing was lost; please try again in a minute.",
}


class TeamsRefusedError(PlatformError):
    """I couldn't deliver that message. Nothing was lost; please try again in a minute."""

    def __init__(self, status: int, code: str = "") -> None:
        """Keep the HTTP status, and Teams' own name for what is wrong where it gives one."""
        super().__init__(_SENTENCES.get(status, ""))
        self.status = status
        self.code = code

    @property
    def reason(self) -> str:
        """What an operator is told."""
        return f"Teams says {self.status} {self.code}".rstrip()


class TeamsBusyError(TeamsRefusedError, BusyError):
    """Teams can't take that just now. Nothing was lost; please try again in a minute."""

    def __init__(self, status: int, code: str = "", retry_after: float = 0) -> None:
        """Keep how many seconds Teams asks for."""
        super().__init__(status, code)
        self.retry_after = retry_after


class TeamsUnreachableError(TeamsRefusedError, UnreachableError):
    """Teams doesn't let me write there. Nothing was lost; add me to that chat, or unblock me, and try again."""

    def __init__(self, status: int, code: str = "") -> None:
        """Keep what Teams' name for it says is in the way."""
        super().__init__(status, code)
        self.obstacle: Obstacle = _obstacle(code)

    @property
    def reason(self) -> str:
        """What is in the way, in one word, and Teams' own."""
        return f"{self.obstacle}: {super().reason}"


class TeamsAmbiguousError(TeamsRefusedError, AmbiguousError):
    """I can't tell whether that went through. Nothing was lost; please look before you try again."""


def _obstacle(code: str) -> Obstacle:
    """Say what Teams' name for a refusal means."""
    if code == NO_CONVERSATION:
        return "gone"
    if "archived" in code.casefold():
        return "archived"
    return "not_in_channel" if code == NOT_IN_ROSTER else "forbidden"
