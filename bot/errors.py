"""The one error tree. A class's docstring is the sentence its user reads."""

import inspect


class CoachError(Exception):
    """Something went wrong on my side. Nothing you typed was lost; please try again in a minute."""

    @property
    def sentence(self) -> str:
        """What the user is told: what happened, that nothing was lost, what to do."""
        return str(self) or inspect.cleandoc(type(self).__doc__ or "")


class NotFoundError(CoachError):
    """I can't find that among your deals. deals lists them, and a client's name is enough to start."""


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


class SettingsError(CoachError):
    """A setting is missing or wrong, so the coach did not start."""


class PlaybookError(CoachError):
    """The playbook can't be read, so the coach did not start."""
