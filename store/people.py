"""The person a unit of work is about."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam

from bot.chat.ports import Profile
from bot.coach.people import Person
from store.access import Scope, delete_mine, replace_mine, select_mine, update_mine
from store.deal_rows import CHANGE as CHANGE_DEAL
from store.tables import DEALS, PEOPLE

_ME = select_mine(PEOPLE, of=PEOPLE)
_PUT = replace_mine(PEOPLE)
_CHANGE = update_mine(PEOPLE)
_IMPORTED = select_mine(DEALS.c.id, DEALS.c.import_key, of=DEALS).where(DEALS.c.import_key.is_not(None))
_DROP_DEAL = delete_mine(DEALS).where(DEALS.c.id == bindparam("this"))


def owner_by_email(email: str) -> str:
    """Name the owner of deals imported for somebody who hasn't been met yet."""
    return f"mailto:{email.strip().lower()}"


class People:
    """One person's own settings."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        """Look through a scope."""
        self._scope = scope

    def me(self) -> Person | None:
        """Give this person, once met."""
        row = self._scope.run(_ME).first()
        if row is None:
            return None
        return Person(
            user=row.owner,
            name=row.name,
            email=row.email,
            zone=row.zone,
            starts=row.starts,
            ends=row.ends,
            region=row.region,
        )

    def meet(self, profile: Profile, at: datetime) -> Person:
        """Note what a platform tells about this person, and hand over the deals imported for their address.

        Silence never erases what is known, and a zone set by hand stays.
        """
        told = {"name": profile.name, "email": profile.email.strip().lower(), "zone": profile.zone}
        news: dict[str, object] = {column: value for column, value in told.items() if value}
        known = self._scope.run(_ME).first()
        if known is None:
            self._scope.run(_PUT, **(self._columns(Person(user="")) | news), chose_zone=False, met_at=at)
        else:
            kept = {"zone": known.zone} if known.chose_zone else {}
            self._scope.run(_CHANGE, **(news | kept), met_at=at)
        if profile.email:
            self._claim(owner_by_email(profile.email))
        return self._known()

    def change(self, person: Person) -> Person | None:
        """Keep this person's settings as they set them. None: not met yet."""
        known = self.me()
        if known is None:
            return None
        by_hand = {"chose_zone": True} if person.zone != known.zone else {}
        self._scope.run(_CHANGE, **self._columns(person), **by_hand)
        return self._known()

    def _claim(self, address: str) -> None:
        """Take over what was imported for an address; what an import has given me meanwhile is not doubled."""
        theirs = self._scope.acting_as(address)
        waiting = theirs.run(_IMPORTED).all()
        if not waiting:
            return
        mine = {row.import_key for row in self._scope.run(_IMPORTED)}
        theirs.run_many(_DROP_DEAL, [{"this": row.id} for row in waiting if row.import_key in mine])
        new = [row.id for row in waiting if row.import_key not in mine]
        theirs.run_many(CHANGE_DEAL, [{"this": this, "owner": self._scope.owner} for this in new])

    def _known(self) -> Person:
        person = self.me()
        assert person is not None  # noqa: S101  written a moment ago, in this transaction
        return person

    @staticmethod
    def _columns(person: Person) -> dict[str, object]:
        columns = asdict(person)
        del columns["user"]
        return columns
