"""Cards and forms that break careless renderers: hostile text, and too much of everything."""

from bot.chat.cards import (
    Button,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Fact,
    Facts,
    Field,
    Form,
    Heading,
    Menu,
    Option,
    PlaceField,
    Points,
    Quote,
    Run,
    Table,
    TextField,
    Tick,
    prose,
    quiet,
    runs,
)
from bot.chat.charts import Chart, Picture, Series
from bot.chat.contact import Chat
from bot.chat.scatter import Mark, Scatter, thinned

LONG = " ".join(f"word{n:04d}" for n in range(556))[:5000]
UNBROKEN = "".join(f"-{n:04d}👩🏽\u200d🚀" for n in range(556))[:5000]

HOSTILE = {
    "mentions": "<!channel> <!here> <@U1> <#C1|sales> <!subteam^S1> @everyone <at>Ada</at>",
    "marks": "*strong* _slanted_ ~gone~ `code` ```block``` **two** __under__ > quote\n# title\n- point\n1. one",
    "links": "[x](http://y.example) <http://y.example|here> ![i](http://y.example/i.png) http://y.example a@y.example",
    "tags": "<b>bold</b> <script>alert('1')</script> <img src=x onerror=\"alert(2)\"> &amp; &lt; {{ 7 * 7 }} ${x}",
    "rtl": "\u202eevil\u202c שלום עולם مرحبا بالعالم (48,000 €)",
    "emoji": "👩🏽\u200d🚀 🇹🇷 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤️ :smile: e\u0301",
    "control": "one\r\ntwo\n\n\nthree\tfour\x00\x07\x1b[31m\x7f\u2028five\ud800",
    "blank": " \n\t ",
    "backslash": "\\*not strong\\* C:\\temp\\new \\",
    "dates": "{{DATE(2026-01-01T00:00:00Z, SHORT)}} <!date^1392734382^{date}|x>",
}


def everywhere(text: str) -> Card:
    """Put one text into every place of a card that text can stand in."""
    return Card(
        text.strip() or "Blank",
        (
            Heading(text),
            prose("Before ", Run(text, strong=True), " after"),
            quiet(text),
            Quote(text),
            Points((runs(text), runs("second"))),
            Points((), empty=text),
            Facts((Fact(text, text),)),
            Checklist("list", text, (Tick("one", text), Tick("two", text, done=True))),
            Table((text, "B"), ((text, ""), ("", text))),
            Chart("bars", text, text.strip() or "Blank", text, (text, "B"), (Series(text, (3, 1)),), text, text),
            Chart("lines", "T", "s", "A", ("a", "b"), (Series(text, (3, 1)), Series("Other", (1, 2.5)))),
            Chart("columns", "T", "s", "A", (text, "B"), (Series(text, (3, None)), Series("Other", (1, 2)))),
            Chart("donut", "T", "s", "A", (text, "B"), (Series("n", (3, 1)),), empty=text),
            Chart("donut", text, "s", "A", (), (Series("n", ()),), empty=text),
            Scatter(text, text.strip() or "Blank", text, text, ((0, 0), (1, 2)), marks=(Mark("A", text, 1, 2),)),
            Scatter(text, "s", "A", "B", (), empty=text),
            Buttons((Button(text, "do", "it", confirm=text), Button("Plain", "do", "other", style="danger"))),
            Menu("pick", text, (Option("a", text), Option("b", "Plain"))),
            Chat(text, text, text),
            Chat(text, "U1", "ann@example.com"),
        ),
    )


def asked_everywhere(text: str) -> Form:
    """Put one text into every place of a form that text can stand in."""
    choice = (Option("a", text), Option("b", "Plain"))
    return Form(
        "form",
        "subject",
        text,
        (
            TextField("short", text, hint=text, value=text.replace("\n", " ")),
            TextField("long", text, hint=text, value=text, long=True, required=True),
            ChoiceField("few", text, choice, value="a", required=True),
            PlaceField("place", text, options=(Option("C1", text),)),
        ),
        submit=text,
        intro=text,
    )


_LONG_CARDS = {
    "summary": Card(LONG, (prose("short"),)),
    "heading": Card("s", (Heading(LONG), prose("after"))),
    "prose": Card("s", (prose(LONG), prose("Before ", Run(LONG, strong=True), " after"), quiet(LONG))),
    "unbroken": Card("s", (prose(UNBROKEN), Quote(UNBROKEN))),
    "quote": Card("s", (Quote(LONG),)),
    "points": Card("s", (Points((runs(LONG), runs("short"), runs(LONG))),)),
    "empty": Card("s", (Points((), empty=LONG), Table(("A",), (), empty=LONG))),
    "fact": Card("s", (Facts((Fact("Label", LONG), Fact(LONG, "value"), Fact("Last", "one"))),)),
    "tick": Card("s", (Checklist("list", "Title", (Tick("a", LONG), Tick("b", "short"), Tick("c", LONG, done=True))),)),
    "checklist_title": Card("s", (Checklist("list", LONG, (Tick("a", "one"),)),)),
    "cell": Card("s", (Table(("A", "B"), (("a", LONG), (LONG, "b"), ("c", "d"))),)),
    "column": Card("s", (Table((LONG, "B"), (("a", "b"),)),)),
    "button": Card("s", (Buttons((Button(LONG, "do", "it"), Button("Short", "do", "other"))),)),
    "confirm": Card("s", (Buttons((Button("Sure", "do", "it", confirm=LONG),)),)),
    "option": Card("s", (Menu("pick", "Pick", (Option("a", LONG), Option("b", "short"))),)),
    "chat": Card("s", (Chat(LONG, "U1", LONG), Chat(LONG, "", ""), Chat(LONG, LONG, "ann@example.com"))),
    "menu_label": Card("s", (Menu("pick", LONG, (Option("a", "one"),)),)),
}


def _chart(picture: Picture, *values: float, title: str = "Title", unit: str = "") -> Card:
    labels = tuple(f"Label {n}" for n in range(len(values)))
    return Card("s", (Chart(picture, title, "What it shows.", "Label", labels, (Series("Series", values),), unit),))


def _columns(*values: float | None, other: tuple[float | None, ...] = ()) -> Card:
    labels = tuple(f"{n} Nov" for n in range(1, len(values) + 1))
    series = (Series("Gives", values), *((Series("Gets", other),) if other else ()))
    return Card("s", (Chart("columns", "Gives and gets", "What it shows.", "Week", labels, series),))


_MANY_LINES = tuple(Series(f"Line {n}", tuple((n + 1) * k % 7 for k in range(12))) for n in range(6))
_CHARTS = {
    "one_bar": _chart("bars", 12),
    "one_point": _chart("lines", 12, unit="deals"),
    "one_part": _chart("donut", 12),
    "bars_of_zero": _chart("bars", 0, 0, 0),
    "line_of_zero": _chart("lines", 0, 0, 0),
    "ring_of_zero": _chart("donut", 0, 0),
    "ring_with_nothing_in_a_part": _chart("donut", 5, 0, 2, 0, unit="deals"),
    "ring_of_unequal_parts": _chart("donut", 100_000, 1),
    "six_parts": _chart("donut", 6, 5, 4, 3, 2, 1),
    "seven_parts": _chart("donut", *range(1, 8)),
    "bars_below_zero": _chart("bars", 4.5, -2, -7.25, unit="%"),
    "line_below_zero": _chart("lines", 4.5, -2, -7.25),
    "huge_and_tiny": _chart("bars", 1_200_000.5, 0.00012, 3e21, unit="EUR"),
    "40_bars": _chart("bars", *range(40)),
    "40_points": _chart("lines", *(n * n % 37 for n in range(40))),
    "12_points": _chart("lines", *(n * n % 37 for n in range(12))),
    "60_points": _chart("lines", *range(60)),
    "six_lines": Card("s", (Chart("lines", "T", "s", "Week", tuple(f"W{n}" for n in range(12)), _MANY_LINES),)),
    "same_label_twice": Card("s", (Chart("bars", "T", "s", "A", ("Deal", "Deal"), (Series("n", (1, 2)),)),)),
    "long_chart_title": _chart("bars", 1, 2, title=LONG),
    "long_chart_labels": Card("s", (Chart("donut", "T", LONG, LONG, (LONG, "b"), (Series(LONG, (1, 2)),)),)),
    "columns_with_gaps": _columns(None, None, 4, 12, None, 0, 7, 9, other=(None, None, 6, 9, None, 3, 0, 11)),
    "patchy_columns": _columns(None, 3, 4, other=(None, None, 6)),
    "columns_of_gaps": _columns(None, None, other=(None, None)),
    "columns_of_zero": _columns(0, 0, other=(0, 0)),
    "12_columns": _columns(*(n * n % 37 for n in range(12)), other=tuple(n % 5 for n in range(12))),
    "tall_columns": _columns(1200, None, 38_000.5, 0.25),
    "long_columns": Card("s", (Chart("columns", LONG, LONG, LONG, (LONG, "b"), (Series(LONG, (1, None)),)),)),
    "empty_chart": Card("s", (Chart("lines", "Gives", "No gives yet.", "Week", (), (Series("Gives", ()),)),)),
    "three_charts": Card("s", tuple(block for n in (1, 2, 3) for block in _chart("bars", n, 2 * n).blocks)),
}


def _scatter(*points: tuple[float, float], marks: str = "", name: str = "Package") -> Card:
    at = [points[n % len(points)] for n in range(len(marks))]
    packages = tuple(Mark(letter, f"{name} {letter}", *one) for letter, one in zip(marks, at, strict=True))
    first = points[0] if points else None
    block = Scatter("Title", "What it shows.", "Us", "Them", tuple(dict.fromkeys(points)), marks=packages, here=first)
    return Card("s", (block,))


_CLOUD = thinned((n * 7919 % 4001, n * n % 3989) for n in range(4000))
_SCATTERS = {
    "no_deals": _scatter(),
    "one_deal": _scatter((12, 30)),
    "one_deal_six_packages": _scatter((12, 30), marks="ABCDEF"),
    "deals_in_a_row": _scatter((10, 30), (20, 30), (60, 30), marks="AB"),
    "deals_below_zero": _scatter((-60, -30), (-10, -90), (-30, -30), marks="A"),
    "worths_far_apart": _scatter((-1e6, 1e-9), (1e6, 0.1), (0, 1e5), marks="AB"),
    "long_package": _scatter((1, 2), (2, 1), marks="AB", name=LONG),
    "long_scatter_words": Card("s", (Scatter(LONG, LONG, LONG, LONG, ((1, 2),), walk_away=1, their_limit=2),)),
    "2000_deals": _scatter(*_CLOUD, marks="ABC"),
    "two_scatters": Card("s", tuple(block for n in (1, 2) for block in _scatter((n, 2), (2, n), marks="AB").blocks)),
}
_COLUMNS = tuple(f"Column {n}" for n in range(25))
_MANY = {
    "60_ticks": Card(
        "s", (Checklist("all", "All", tuple(Tick(f"t{n}", f"Tick number {n}", done=n % 3 == 0) for n in range(60))),)
    ),
    "30_buttons": Card("s", (Buttons(tuple(Button(f"Button {n}", "press", str(n)) for n in range(30))),)),
    "same_button_twice": Card("s", (Buttons((Button("One", "do", "it"), Button("Two", "do", "it"))),)),
    "150_options": Card("s", (Menu("pick", "Pick", tuple(Option(f"o{n}", f"Option {n}") for n in range(150))),)),
    "120_rows": Card("s", (Table(("Row", "Square"), tuple((f"Row {n}", f"Square {n * n}") for n in range(120))),)),
    "25_columns": Card("s", (Table(_COLUMNS, tuple(tuple(f"Cell {row}/{n}" for n in range(25)) for row in range(3))),)),
    "40_facts": Card("s", (Facts(tuple(Fact(f"Label {n}", f"Value {n}") for n in range(40))),)),
    "70_blocks": Card("s", tuple(prose(f"Paragraph {n}") if n % 7 else Heading(f"Heading {n}") for n in range(70))),
    "two_tables": Card("s", (Table(("A",), (("1",),)), prose("between"), Table(("B",), (("2",),)))),
    "empty_lists": Card(
        "s", (Points(()), Facts(()), Checklist("list", "Title", ()), Table(("A",), ()), Buttons(()), Menu("m", "M", ()))
    ),
    "no_blocks": Card("Only a summary", ()),
}
_OPTIONS = tuple(Option(f"o{n}", f"Option {n}") for n in range(150))
_MANY_FIELDS: tuple[Field, ...] = tuple(TextField(f"f{n}", f"Field {n}", value=f"Value {n}") for n in range(40))
_LONG_FORMS = {
    "long_value": Form(
        "form", "subject", "Title", (TextField("note", "Note", value=LONG + LONG, long=True), TextField("b", "After"))
    ),
    "long_words": Form("form", "subject", LONG, (TextField("f", LONG, hint=LONG),), submit=LONG, intro=LONG),
    "long_choice": Form(
        "form",
        "subject",
        "Title",
        (ChoiceField("few", "Few", (Option("a", LONG), Option("b", "short")), value="a"),),
    ),
    "150_choices": Form("form", "subject", "Title", (ChoiceField("many", "Many", _OPTIONS, value="o120"),)),
    "40_fields": Form("form", "subject", "Title", _MANY_FIELDS),
    "nothing_to_choose": Form("form", "subject", "Title", (ChoiceField("none", "None", ()), TextField("b", "After"))),
}

CARDS = (
    {f"hostile_{name}": everywhere(text) for name, text in HOSTILE.items()}
    | {f"long_{name}": card for name, card in _LONG_CARDS.items()}
    | _MANY
    | _CHARTS
    | _SCATTERS
)
FORMS = {f"hostile_{name}": asked_everywhere(text) for name, text in HOSTILE.items()} | _LONG_FORMS
