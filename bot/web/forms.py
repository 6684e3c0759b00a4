"""Forms as HTML: pure functions, like `html`. What was typed stays, and each wrong field says why."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from bot.chat.cards import ChoiceField, Field, Form, Option, PlaceField, Run, TextField
from bot.web.html import ALONE, Frame, clean, enclose, options_of, paragraph

# Up to this many choices are all visible at once; more are a menu.
FEW = 6
NOTHING: Mapping[str, str] = MappingProxyType({})
NAME = "field."
"""What the name of every field begins with, so that none collides with the page's own."""
TITLE_ID = "form-title"


def render_form(
    form: Form,
    frame: Frame = ALONE,
    *,
    typed: Mapping[str, str] = NOTHING,
    problems: Mapping[str, str] = NOTHING,
    places: tuple[Option, ...] = (),
) -> Markup:
    """Write a form. `typed` goes before the values it came with; `places` fill a place field that has none."""
    fields = (_asked(field, places) for field in form.fields)
    boxes = Markup("\n").join(
        _field(f"f{n}", field, typed.get(field.id, field.value), problems.get(field.id, ""))
        for n, field in enumerate(fields)
    )
    general = [sentence for key, sentence in problems.items() if key not in {field.id for field in form.fields}]
    title = Markup('\n<h2 id="{}" dir="auto">{}</h2>\n').format(TITLE_ID, clean(form.title))
    submit = Markup('\n<p class="actions"><button class="button primary" dir="auto">{}</button></p>\n')
    inner = title + _intro(form.intro) + _general(general) + boxes + submit.format(clean(form.submit))
    return enclose("form", frame, inner)


def _asked(field: Field, places: tuple[Option, ...]) -> TextField | ChoiceField:
    """Ask for a place as for any other choice; the only one is chosen already."""
    if not isinstance(field, PlaceField):
        return field
    options = field.options or places
    return ChoiceField(field.id, field.label, options, options[0].id if len(options) == 1 else "", required=True)


def _intro(text: str) -> Markup:
    return paragraph("prose quiet", (Run(text),)) + "\n" if text else Markup()


def _general(sentences: Iterable[str]) -> Markup:
    return Markup().join(Markup('<p class="problem" role="alert">{}</p>\n').format(clean(one)) for one in sentences)


def _field(key: str, field: TextField | ChoiceField, value: str, problem: str) -> Markup:
    match field:
        case TextField():
            return _text_field(key, field, value, problem)
        case ChoiceField() if field.options:
            return _choice(key, field, value, problem)
        case ChoiceField():
            label = Markup('<div class="field"><span class="label" dir="auto">{}</span>{}</div>')
            return label.format(clean(field.label), _notes(key, "Nothing to choose from yet.", problem)[1])


def _text_field(key: str, field: TextField, value: str, problem: str) -> Markup:
    about, notes = _notes(key, field.hint, problem)
    required = Markup(" required") if field.required else ""
    if field.long:
        # The first newline after <textarea> is not part of the value.
        box = Markup('<textarea id="{}" name="{}{}" rows="3" dir="auto"{}{}>\n{}</textarea>')
    else:
        box = Markup('<input type="text" id="{}" name="{}{}" dir="auto" autocomplete="off"{}{} value="{}">')
    control = box.format(key, NAME, field.id, required, about, clean(value))
    return Markup('<div class="field">{}{}{}</div>').format(_label(key, field), notes, control)


def _choice(key: str, field: ChoiceField, chosen: str, problem: str) -> Markup:
    about, notes = _notes(key, "", problem)
    if len(field.options) <= FEW:
        radios = Markup("\n").join(_radio(field, option, chosen) for option in field.options)
        legend = Markup('<legend dir="auto">{}{}</legend>').format(clean(field.label), _needed(field))
        return Markup('<fieldset class="field"{}>{}{}\n{}</fieldset>').format(about, legend, notes, radios)
    required = Markup(" required") if field.required else ""
    entries = options_of(((option.id, option.label) for option in field.options), chosen)
    select = Markup('<select id="{}" name="{}{}"{}{}>{}</select>').format(key, NAME, field.id, required, about, entries)
    return Markup('<div class="field">{}{}{}</div>').format(_label(key, field), notes, select)


def _radio(field: ChoiceField, option: Option, chosen: str) -> Markup:
    state = (Markup(" checked") if option.id == chosen else "", Markup(" required") if field.required else "")
    return Markup(
        '<label class="radio"><input type="radio" name="{}{}" value="{}"{}{}> <span dir="auto">{}</span></label>'
    ).format(NAME, field.id, option.id, *state, clean(option.label))


def _label(key: str, field: TextField | ChoiceField) -> Markup:
    return Markup('<label for="{}" dir="auto">{}{}</label>').format(key, clean(field.label), _needed(field))


def _needed(field: TextField | ChoiceField) -> Markup:
    return Markup(' <span class="needed">needed</span>') if field.required else Markup()


def _notes(key: str, hint: str, problem: str) -> tuple[Markup, Markup]:
    """The attributes that tie a field to its hint and its problem, and the two sentences themselves."""
    hinted = Markup('<p class="hint" id="{}-hint" dir="auto">{}</p>').format(key, clean(hint)) if hint else Markup()
    wrong = Markup('<p class="problem" id="{}-problem">{}</p>').format(key, clean(problem)) if problem else Markup()
    described = " ".join(f"{key}-{what}" for what, text in (("hint", hint), ("problem", problem)) if text)
    about = Markup(' aria-describedby="{}"').format(described) if described else Markup()
    return about + (Markup(' aria-invalid="true"') if problem else Markup()), hinted + wrong
