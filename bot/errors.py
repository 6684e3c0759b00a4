"""The one error tree. A class's docstring is the sentence its user reads."""

import inspect
from typing import Literal, TypeAlias

Obstacle: TypeAlias = Literal["archived", "not_in_channel", "gone", "forbidden"]
"""Why nothing can be written somewhere: it is archived, the coach isn't in it, it is no more, or it isn't allowed."""


class CoachError(Exception):
    """Something went wrong on my side. Nothing you typed was lost; please try again in a minute."""

    @property
    def sentence(self) -> str:
        """What the user is told: what happened, that nothing was lost, what to do."""
        return str(self) or inspect.cleandoc(type(self).__doc__ or "")


class NotFoundError(CoachError):
    """I can't find that among your deals. deals lists them, and a client's name is enough to start."""


class NotThereError(CoachError):
    """I can't see that you are in that channel, so nothing was posted. Choose one that you are in, and add me there."""


class StaleError(CoachError):
    """That button belongs to something that has moved on. Nothing was changed; ask again for a fresh card."""


class StoreUnavailableError(CoachError):
    """I couldn't save that just now. What you typed is still here; please send it again in a minute."""


class InvalidInputError(CoachError):
    """I couldn't read that. Nothing was changed; please check it and send it again."""


class PlatformError(CoachError):
    """I couldn't deliver that message. Nothing was lost; please try again in a minute."""

    @property
    def reason(self) -> str:
        """What an operator is told: a few words, never what was being sent."""
        return type(self).__name__


class BusyError(PlatformError):
    """I couldn't get through just now. Nothing was lost; please try again in a minute."""

    def __init__(self, sentence: str = "", retry_after: float = 0) -> None:
        """Nothing was taken in; the platform asks to be left alone for so many seconds, 0 where it doesn't say."""
        super().__init__(sentence)
        self.retry_after = retry_after


class AmbiguousError(PlatformError):
    """I can't tell whether that went through. Nothing was lost; please look before you try again."""


class UnreachableError(PlatformError):
    """I'm not allowed to write there. Nothing was lost; add me to that chat, or unblock me, and try again."""

    def __init__(self, sentence: str = "", obstacle: Obstacle = "forbidden") -> None:
        """Keep what is in the way, so that whoever can remove it is told what to do."""
        super().__init__(sentence)
        self.obstacle: Obstacle = obstacle

    @property
    def reason(self) -> str:
        """What is in the way, in one word."""
        return self.obstacle


class SettingsError(CoachError):
    """A setting is missing or wrong, so the coach did not start."""


class PlaybookError(CoachError):
    """The playbook can't be read, so the coach did not start."""
