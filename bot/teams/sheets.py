"""Forms on their way to one person: with the places to offer, or once more with what was typed and what is wrong."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat import forms
from bot.chat.cards import Form, PlaceField
from bot.chat.events import Submitted
from bot.teams.adaptive_card_forms import render_form
from bot.teams.elements import Json
from bot.teams.origin import Happened
from bot.teams.send import TeamsMessenger


async def fresh(form: Form, happened: Happened, messenger: TeamsMessenger) -> Json:
    """Write a form that was asked for. It offers the places where this person may post: Teams has no picker."""
    if any(isinstance(field, PlaceField) for field in form.fields):
        places = await messenger.places(happened.origin.address)
        fields = (replace(field, options=places) if isinstance(field, PlaceField) else field for field in form.fields)
        form = replace(form, fields=tuple(fields))
    return render_form(form, happened.origin.message)


def again(happened: Happened, problems: Mapping[str, str]) -> Json | None:
    """Write the form that was sent as it was filled in, with a sentence at each wrong field; None where it got lost."""
    if not (happened.form and isinstance(happened.event, Submitted)):
        return None
    return render_form(happened.form, happened.origin.message, typed=happened.event.answers, problems=problems)


def problems(happened: Happened) -> dict[str, str]:
    """Check what was filled in as Teams itself does, unless somebody talks to us without it."""
    if not (happened.form and isinstance(happened.event, Submitted)):
        return {}
    return forms.problems(happened.form, happened.event.answers)
