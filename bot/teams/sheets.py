"""Forms on their way to one person: with the places to offer, or once more with what was typed and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.cards import Field, Form, Option, PlaceField
from bot.chat.events import Submitted
from bot.chat.forms import form_of
from bot.teams.adaptive_card_forms import render_form
from bot.teams.elements import Json
from bot.teams.origin import Happened
from bot.teams.send import TeamsMessenger


@dataclass(frozen=True, slots=True)
class Sheets:
    """The forms of one happening."""

    messenger: TeamsMessenger
    happened: Happened

    async def fresh(self, form: Form) -> Json:
        """Write a form that this happening asks for."""
        return render_form(await self._offering(form), self.happened.origin.message)

    async def again(self, problems: Mapping[str, str]) -> Json:
        """Write the form that was sent, as it was filled in. Raises `InvalidInputError` where it didn't come along."""
        event, form = self.happened.event, await self._offering(form_of(self.happened.form))
        # A field left empty doesn't come back; what it was filled with before must not.
        typed = {field.id: "" for field in form.fields} | (dict(event.answers) if isinstance(event, Submitted) else {})
        return render_form(form, self.happened.origin.message, typed=typed, problems=problems)

    async def _offering(self, form: Form) -> Form:
        """Offer the places where this person may post: Teams has no picker of its own."""
        if not any(isinstance(field, PlaceField) for field in form.fields):
            return form
        places = await self.messenger.places(self.happened.origin.address)
        return replace(form, fields=tuple(_with(places, field) for field in form.fields))


def _with(places: tuple[Option, ...], field: Field) -> Field:
    return replace(field, options=places) if isinstance(field, PlaceField) else field
