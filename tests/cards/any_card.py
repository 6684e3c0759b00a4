"""Any card at all, for hypothesis: every kind of block with any text in it."""

from hypothesis import strategies as st

from bot.chat.cards import (
    Button,
    Buttons,
    Card,
    Checklist,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Points,
    Prose,
    Quote,
    Run,
    Table,
    Tick,
)
from bot.chat.charts import Chart, Picture, Series
from bot.chat.contact import Chat
from bot.chat.scatter import Mark, Scatter

_SHORT = st.text(max_size=12)
_LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=8), st.integers(1, 700))
_TEXT = st.one_of(_SHORT, _SHORT, _SHORT, _LONG)
_ID = st.from_regex(r"[a-z]{1,3}(:[a-z0-9]{1,3})?", fullmatch=True)
_ACTION = st.from_regex(r"[a-z][a-z0-9_.]{0,5}", fullmatch=True)
_RUNS = st.lists(st.builds(Run, _TEXT, st.booleans()), max_size=4).map(tuple)
_OPTIONS = st.lists(st.builds(Option, _ID, _TEXT), max_size=12).map(tuple)
_TICKS = st.lists(st.builds(Tick, _ID, _TEXT, st.booleans()), max_size=23, unique_by=lambda tick: tick.id).map(tuple)
_BUTTON = st.builds(
    Button,
    _TEXT,
    _ACTION,
    st.one_of(st.just(""), _ID),
    st.sampled_from(("plain", "primary", "danger")),
    _TEXT,
    st.booleans(),
)
_PICTURES: tuple[Picture, ...] = ("bars", "columns", "lines", "donut")
_SIZES = st.floats(min_value=1e-9, max_value=1e12)
_VALUES = st.one_of(st.integers(0, 500), st.just(0.0), _SIZES)


def _table(columns: int) -> st.SearchStrategy[Table]:
    row = st.tuples(*[_TEXT] * columns)
    return st.builds(Table, row, st.lists(row, max_size=6).map(tuple), _TEXT)


@st.composite
def _chart(draw: st.DrawFn) -> Chart:
    picture: Picture = draw(st.sampled_from(_PICTURES))
    values: st.SearchStrategy[float | None] = _VALUES
    if picture == "columns":
        values = st.none() | _VALUES
    elif picture != "donut":
        values = st.one_of(_VALUES, _VALUES.map(lambda value: -value))
    labels = tuple(draw(st.lists(_TEXT, max_size=12 if picture == "columns" else 24)))
    most = {"lines": 6, "columns": 2}.get(picture, 1)
    names = draw(st.lists(_TEXT, min_size=1, max_size=most, unique=True))
    of_one = st.lists(values, min_size=len(labels), max_size=len(labels)).map(tuple)
    says = draw(_TEXT.filter(str.strip))
    series = tuple(Series(name, draw(of_one)) for name in names)
    return Chart(picture, draw(_TEXT), says, draw(_TEXT), labels, series, draw(_SHORT), draw(_TEXT))


_WORTH = st.one_of(st.integers(-120, 120), st.floats(-1e6, 1e6))
_POINT = st.tuples(_WORTH, _WORTH)
_LETTERS = st.lists(st.sampled_from("ABCDEFXYZ"), max_size=6, unique=True)


@st.composite
def _scatter(draw: st.DrawFn) -> Scatter:
    title, says, across, up, empty = (draw(_TEXT), draw(_TEXT.filter(str.strip)), *(draw(_TEXT) for _ in range(3)))
    points = tuple(draw(st.lists(_POINT, max_size=30, unique=True)))
    if not points:
        return Scatter(title, says, across, up, (), empty=empty)
    marks = tuple(Mark(letter, draw(_TEXT), *draw(_POINT)) for letter in draw(_LETTERS))
    frontier = tuple(sorted(draw(st.lists(_POINT, max_size=5))))
    here, walk_away, limit = draw(st.none() | _POINT), draw(st.none() | _WORTH), draw(st.none() | _WORTH)
    return Scatter(title, says, across, up, points, frontier, marks, here, walk_away, limit, empty)


CHARTS = _chart()
SCATTERS = _scatter()
BLOCKS = st.one_of(
    st.builds(Heading, _TEXT),
    st.builds(Prose, _RUNS, st.booleans()),
    st.builds(Quote, _TEXT),
    st.builds(Points, st.lists(_RUNS, max_size=4).map(tuple), _TEXT),
    st.builds(Facts, st.lists(st.builds(Fact, _TEXT, _TEXT), max_size=12).map(tuple), _TEXT),
    st.builds(Checklist, _ID, _TEXT, _TICKS, _TEXT),
    st.integers(1, 25).flatmap(_table),
    CHARTS,
    SCATTERS,
    st.builds(Buttons, st.lists(_BUTTON, max_size=8).map(tuple)),
    st.builds(Chat, _TEXT.filter(str.strip), _SHORT, _SHORT),
    st.builds(Menu, _ACTION, _TEXT, _OPTIONS, _TEXT, st.booleans()),
)
_FEW_BLOCKS = st.lists(
    BLOCKS, max_size=5, unique_by=lambda block: block.id if isinstance(block, Checklist) else id(block)
)
CARDS = st.builds(Card, st.text(min_size=1, max_size=40), _FEW_BLOCKS.map(tuple))
