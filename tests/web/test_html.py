"""Cards and forms as HTML: the suite every renderer is held to, and what only a page can get wrong."""

from collections.abc import Set as AbstractSet
from html.parser import HTMLParser

import pytest

from bot.chat.cards import (
    Button,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Form,
    Option,
    PlaceField,
    TextField,
    Tick,
    prose,
)
from bot.web.forms import render_form
from bot.web.html import LONG, Frame, render
from tests.cards.nasty import HOSTILE, everywhere
from tests.cards.nasty import LONG as LONG_TEXT
from tests.cards.suite import RendererSuite

# Elements that stand for themselves and need no end.
VOID = {"input", "br", "img", "meta", "link"}
READ = {"aria-label"}


class Page(HTMLParser):
    """Reads HTML as a strict browser would: every tag must close where it should."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        self.text += [value for name, value in found.items() if name in READ]
        if tag == "input" and found.get("type") == "text":
            self.text.append(found.get("value", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, tag: str, name: str) -> list[dict[str, str]]:
        return [attrs for found, attrs in self.tags if found == tag and attrs.get("name") == name]


class TestHtml(RendererSuite):
    folder = "html"
    suffix = ".html"

    def render(self, card: Card) -> str:
        return render(card, Frame("/act", (("message", "7"),)))

    def render_form(self, form: Form) -> str:
        return render_form(form, Frame("/form"))

    def seen(self, rendered: str) -> str:
        return "".join(Page(rendered).text)

    def presses(self, rendered: str) -> AbstractSet[tuple[str, str]]:
        page = Page(rendered)
        pressed = {tuple(button["value"].split(":", 1)) for button in page.named("button", "press")}
        action, found = "", set()
        for tag, attrs in reversed(page.tags):  # a menu's button follows its options
            action = attrs["value"] if tag == "button" and attrs.get("name") == "pick" else action
            if tag == "option" and attrs["value"]:
                found.add((action, attrs["value"]))
        return {(action, subject) for action, subject in pressed} | found

    def ticks(self, rendered: str) -> AbstractSet[tuple[str, str, bool]]:
        found, checklist = set(), ""
        for tag, attrs in Page(rendered).tags:
            if tag == "input" and attrs["name"] == "checklist":
                checklist = attrs["value"]
            if tag == "input" and attrs["name"] == "chosen":
                found.add((checklist, attrs["value"], "checked" in attrs))
        return found


@pytest.mark.parametrize("name", HOSTILE)
def test_words_of_a_user_never_become_markup(name: str) -> None:
    rendered = Page(render(everywhere(HOSTILE[name])))
    plain = Page(render(everywhere("Plain")))
    assert [tag for tag, _ in rendered.tags] == [tag for tag, _ in plain.tags]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_card_can_always_be_sent_as_utf8(name: str) -> None:
    assert render(everywhere(HOSTILE[name])).encode()


def test_a_long_text_shows_its_beginning_and_all_of_it_on_request() -> None:
    page = Page(render(Card("s", (prose(LONG_TEXT),))))
    assert [tag for tag, _ in page.tags if tag in ("details", "summary")] == ["details", "summary"]
    assert LONG_TEXT in page.text
    assert any(
        len(text) < LONG and LONG_TEXT.startswith(text[:-2]) and text.endswith("… ")
        for text in page.text
        if len(text) > 100
    )


def test_a_button_with_a_question_is_pressed_only_after_the_answer() -> None:
    card = Card("s", (Buttons((Button("Forget me", "privacy.gone", confirm="For good?"),)),))
    tags = [tag for tag, _ in Page(render(card)).tags]
    assert tags.index("details") < tags.index("summary") < tags.index("button")


def test_hidden_ticks_of_a_long_list_are_sent_along_with_the_others() -> None:
    card = Card("s", (Checklist("all", "All", tuple(Tick(f"t{n}", "x") for n in range(60))),))
    page = Page(render(card))
    assert len(page.named("input", "shown")) == 60
    assert [tag for tag, _ in page.tags].count("form") == 1


def test_every_form_carries_the_fields_of_the_page() -> None:
    page = Page(render(everywhere("x"), Frame("/act", (("csrf", 'a"b'),))))
    forms = [attrs for tag, attrs in page.tags if tag == "form"]
    assert {form["action"] for form in forms} == {"/act"}
    assert [field["value"] for field in page.named("input", "csrf")] == ['a"b'] * len(forms)


FORM = Form(
    "f",
    "s",
    "Title",
    (
        TextField("name", "Name", hint="Acme", value="before"),
        ChoiceField("how", "How", (Option("a", "A"), Option("b", "B")), value="a"),
        PlaceField("where", "Where"),
    ),
)


def test_what_was_typed_goes_before_what_the_form_came_with() -> None:
    page = Page(render_form(FORM, typed={"name": "typed", "how": "b"}))
    assert page.named("input", "field.name")[0]["value"] == "typed"
    assert [radio["value"] for radio in page.named("input", "field.how") if "checked" in radio] == ["b"]


def test_a_wrong_field_says_why_and_is_tied_to_its_sentence() -> None:
    page = Page(render_form(FORM, problems={"name": "Too short."}))
    field = page.named("input", "field.name")[0]
    assert field["aria-invalid"] == "true"
    assert [attrs["id"] for tag, attrs in page.tags if tag == "p" and "id" in attrs][:2] == field[
        "aria-describedby"
    ].split()
    assert "Too short." in page.text


def test_a_problem_that_belongs_to_no_field_stands_above_them() -> None:
    text = "".join(Page(render_form(FORM, problems={"": "That moved on."})).text)
    assert text.index("That moved on.") < text.index("Name")


def test_a_place_is_chosen_from_the_places_of_the_page() -> None:
    page = Page(render_form(FORM, places=(Option("deals", "#deals"),)))
    assert [radio["value"] for radio in page.named("input", "field.where")] == ["deals"]
    assert "#deals" in page.text


def test_a_text_keeps_the_newline_it_begins_with() -> None:
    field = TextField("note", "Note", value="\nsecond line", long=True)
    assert ">\n\nsecond line</textarea>" in render_form(Form("f", "s", "T", (field,)))
