"""What the coach remembers. A record leaves this folder; a row, a connection or a session never does."""

from store.agendas import Agenda
from store.conversations import Conversation
from store.digests import Issue
from store.handovers import Handover, HandoverState
from store.imports import ImportedDeal, ImportResult
from store.installations import Installation
from store.letters import Letter
from store.places import Place
from store.receipts import AlreadyDoneError
from store.references import Reference
from store.store import Store
from store.teams import Ownerless
from store.transcript import Message
from store.unit import Unit

__all__ = [
    "Agenda",
    "AlreadyDoneError",
    "Conversation",
    "Handover",
    "HandoverState",
    "ImportResult",
    "ImportedDeal",
    "Installation",
    "Issue",
    "Letter",
    "Message",
    "Ownerless",
    "Place",
    "Reference",
    "Store",
    "Unit",
]
