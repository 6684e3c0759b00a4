"""One sentence asked without a platform: it goes the way of a direct message, on a database that goes with it."""

from tempfile import TemporaryDirectory

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.events import Said
from bot.chat.ports import Now, Profile
from bot.chat.replies import Reply
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers.router import Router
from store import Store

_ASKER = Address("web", "terminal", "dm", "you")


class _Nobody:
    """The messenger of a conversation that nobody comes back to."""

    async def update(self, _to: Address, _message: str, _card: Card) -> None:
        """No card stands anywhere."""

    async def profile(self, _who: Address) -> Profile:
        return Profile()

    async def reads(self, _who: Address, _place: str) -> bool:
        return False


async def ask(sentence: str, playbook: Playbook, now: Now) -> Reply:
    """Answer a sentence as somebody's first in their direct messages; nothing of it is kept."""
    with TemporaryDirectory(prefix="coach-", ignore_cleanup_errors=True) as folder:
        store = Store.open(f"sqlite+aiosqlite:///{folder}/coach.db")
        try:
            await store.migrate()
            router = Router(store, playbook, {"web": _Nobody()}, now, Telemetry())
            return await router(Said(address=_ASKER, at=now(), receipt="asked", direct=True, text=sentence))
        finally:
            await store.close()
