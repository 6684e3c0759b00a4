"""A way from a card to a chat with a person."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Chat:
    """Opens a chat with a person: `label` says with whom and what for ("Write to Tom").

    `user` is the platform's id of them and `email` their address; each door makes its way with one of the two, and
    shows the address where it has none. Either may be empty.
    """

    label: str
    user: str
    email: str = ""
    kind: Literal["chat"] = "chat"

    @property
    def words(self) -> str:
        """What to read where nothing can be pressed."""
        return " ".join(filter(str.strip, (self.label, f"({self.email})" if self.email else "")))
