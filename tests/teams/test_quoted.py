"""Messages of every make, and what a reader sees of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.quoted import read_quoted, words_of
from tests.growth import LINEAR, growth
from tests.teams.activities import quotable
from tests.teams.platform import Json

HTML = {
    "<p>15% off &amp; free</p>": "15% off & free",
    '<div><div><at id="0">Coach</at>&nbsp;-&nbsp;Hi</div>\n</div>': "@Coach - Hi",
    "one<br>two<br/>three": "one\ntwo\nthree",
    "<ul><li>one</li><li>two</li></ul><p>&nbsp;</p><p>end</p>": "one\ntwo\nend",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
    '<p>a <b>bold</b> <a href="https://a.example">link</a></p>': "a bold link",
    "<p>&lt;b&gt; costs &euro;5</p>": "<b> costs €5",
    "3 < 5 and 7 > 6": "3 < 5 and 7 > 6",
    "a<b": "a<b",
    '<p>Yes <emoji id="smile" alt="🙂" title="Smile"></emoji></p>': "Yes 🙂",
    '<p>Yes <img itemtype="http://schema.skype.com/Emoji" alt="🙂"></p>': "Yes 🙂",
    '<p><img alt="image" src="x"></p>': "",
    '<attachment id="1"></attachment>': "",
    "<p>a<!--StartFragment-->b<![if gte mso 9]>c<![endif]></p>": "abc",
    "<style>p { color: red }</style><p>a</p><script>alert(1)</script>": "a",
    "<p>a\x00b\u2028c</p>": "ab c",
    "<p>a&#0;b&#1;c&#xd800;d&#x2028;e</p>": "a\ufffdbc\ufffdd e",
    "": "",
}  # fmt: skip
CARD = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "15% off"}, {"type": "Image", "url": "x"}]}
ON_A_CARD: Json = {"contentType": "application/vnd.microsoft.card.adaptive", "content": json.dumps(CARD)}
SENDER = {"user": {"displayName": "Bo\nLi"}, "application": None}
FORWARDED: Json = {
    "contentType": "forwardedMessageReference",
    "content": json.dumps({"originalMessageContent": "<p>or we walk</p>", "originalMessageSender": SENDER}),
}
PICTURE: Json = {"contentType": "image/png", "contentUrl": "https://a.example/a.png", "content": None}


@pytest.mark.parametrize(("html", "seen"), HTML.items())
def test_html_is_read_as_its_reader_sees_it(html: str, seen: str) -> None:
    assert words_of(html) == seen


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        (quotable(), ("15% off & free", "Ana Silva")),
        (quotable("<p>See</p>", attachments=[FORWARDED]), ("See", "Ana Silva")),
        (quotable("<attachment id='1'></attachment>", attachments=[PICTURE, FORWARDED]), ("or we walk", "Bo Li")),
        (quotable("", attachments=[ON_A_CARD]), ("15% off", "Ana Silva")),
        (quotable("", attachments=[ON_A_CARD | {"content": CARD}]), ("15% off", "Ana Silva")),
        (quotable("", attachments=[PICTURE]), ("", "Ana Silva")),
        (quotable(None, attachments=None), ("", "Ana Silva")),
        (quotable(body={"contentType": "text", "content": " <b> & \x00\n"}), ("<b> &", "Ana Silva")),
        (
            quotable(**{"from": {"user": None, "application": {"displayName": "Tickets"}}}),
            ("15% off & free", "Tickets"),
        ),
        (quotable(**{"from": None}), ("15% off & free", "")),
        (quotable(**{"from": {"user": {"id": "1"}}}), ("15% off & free", "")),
    ],
)
def test_a_message_is_read_with_its_writer(message: Json, seen: tuple[str, str]) -> None:
    assert read_quoted(message) == seen


PIECES = st.sampled_from(
    ["<", ">", "</", "<!", "<![", "<!--", "-->", "<p", "<a b='", '"', "&", "&#", ";", "x", " ", "=", "/", "<?"]
)


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_whatever_looks_like_html_is_read(html: str) -> None:
    words_of(html).encode()


WORST = [
    "<",
    "<!--",
    "<!-->",
    "<![if ",
    "</",
    "</a b>",
    "<a ",
    "<a b='",
    "<a b='>",
    "<a a=a ",
    "<script>",
    "<?",
    "&",
    "&#",
    " ",
]


@pytest.mark.parametrize("piece", WORST)
def test_a_long_message_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(words_of, piece) < LINEAR


def test_a_tag_of_many_attributes_costs_no_more_than_its_length() -> None:
    assert growth(lambda attributes: words_of(f"<a {attributes}>"), "a=a ") < LINEAR
