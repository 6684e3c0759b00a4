"""One unit of work: one person of one tenant, in one transaction."""

from sqlalchemy import Connection

from bot.chat.address import Address
from store import privacy
from store.access import Scope
from store.agendas import MyAgenda
from store.check_ins import CheckIns
from store.concessions import Concessions
from store.conversations import Conversations
from store.counts import Counts
from store.deals import Deals
from store.digests import Digests
from store.handovers import Handovers
from store.lines import Lines
from store.outbox import Outbox
from store.payoffs import Payoffs
from store.people import People
from store.places import Places
from store.plans import Plans
from store.preps import Preps
from store.promises import Promises
from store.recoveries import Recoveries
from store.references import References
from store.teams import Teams
from store.tips import Tips
from store.transcript import Transcript
from store.warmth import Warmth


class Unit:
    """What one person, or one team as a whole, can see and change.

    It lives as long as its transaction; what it gives outlives it.
    """

    __slots__ = (
        "_scope",
        "address",
        "agenda",
        "check_ins",
        "concessions",
        "conversations",
        "counts",
        "deals",
        "digests",
        "handovers",
        "lines",
        "outbox",
        "payoffs",
        "people",
        "places",
        "plans",
        "preps",
        "promises",
        "recoveries",
        "references",
        "teams",
        "tips",
        "transcript",
        "warmth",
    )

    def __init__(self, connection: Connection, address: Address) -> None:
        """See what the person at `address` may see."""
        scope = Scope(connection, address.tenant, address.user)
        self._scope = scope
        self.address = address
        self.people = People(scope)
        self.deals = Deals(scope)
        self.preps = Preps(scope)
        self.plans = Plans(scope)
        self.concessions = Concessions(scope)
        self.promises = Promises(scope)
        self.warmth = Warmth(scope)
        self.recoveries = Recoveries(scope)
        self.agenda = MyAgenda(scope, address)
        self.tips = Tips(scope)
        self.conversations = Conversations(scope, address)
        self.places = Places(scope, address)
        self.outbox = Outbox(scope, address)
        self.handovers = Handovers(scope, address, self.outbox)
        self.payoffs = Payoffs(scope)
        self.check_ins = CheckIns(scope)
        self.teams = Teams(scope, address, self.outbox)
        self.lines = Lines(scope)
        self.counts = Counts(scope)
        self.digests = Digests(scope)
        self.references = References(scope, address)
        self.transcript = Transcript(scope, address)

    def export(self) -> dict[str, object]:
        """Give everything stored about this person, ready for JSON."""
        return privacy.export(self._scope)

    def forget(self) -> dict[str, int]:
        """Delete everything stored about this person; gives how many rows of each table.

        Ask `places` first where cards still stand: afterwards nobody knows.
        """
        return privacy.forget(self._scope)
