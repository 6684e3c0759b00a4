"""One grammar behind every door: what a tired rep types finds its verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import SPELLINGS, Request, nearest, read, split
from handlers.table import VERBS
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("typed", "verb", "words"),
    [
        ("", "help", ""),
        ("   ", "help", ""),
        ("?", "help", ""),
        ("Hi!", "help", ""),
        ("prep acme", "prep", "acme"),
        ("PREP   Acme renewal", "prep", "Acme renewal"),
        ("/negotiate prep acme", "prep", "acme"),
        ("prep: acme", "prep", "acme"),
        ("prepare me for the meeting with Acme", "prep", "Acme"),
        ("prep", "prep", ""),
        ("tip", "tip", ""),
        ("tip balance", "tip", "balance"),
        ("deal add Acme renewal, €48k", "deal add", "Acme renewal, €48k"),
        ("add deal Globex", "deal add", "Globex"),
        ("deals", "deals", ""),
        ("we won acme 🎉", "won", "acme 🎉"),
        ("lost globex", "lost", "globex"),
        ("forget me", "forget me", ""),
        ("thanks!", "thanks", ""),
        ("“prep acme”", "prep", "acme"),
        ("hi", "help", ""),
        ("hello coach", "help", "coach"),
        ("help please", "help", "please"),
        ("ok", "thanks", ""),
        ("thanks a lot", "thanks", "a lot"),
        ("thank you so much", "thanks", "so much"),
        ("got it", "thanks", ""),
        ("my deals please", "deals", "please"),
        ("settings zone Berlin", "settings", "zone Berlin"),
        ("settings hours 9-17", "settings", "hours 9-17"),
        ("new deal Globex rollout", "deal add", "Globex rollout"),
        ("deal add They Might Be Giants", "deal add", "They Might Be Giants"),
        ("plan", "plan", ""),
        ("plan trades for acme", "plan", "acme"),
        ("plan acme: they want 15% off", "plan", "acme: they want 15% off"),
        ("plan acme they want 15% off", "plan", "acme they want 15% off"),
        ("counter 15% off or they walk", "counter", "15% off or they walk"),
        ("counter-offer: net 90", "counter", "net 90"),
        ("counter we need it cheaper", "counter", "we need it cheaper"),
        ("counter", "counter", ""),
        ("gave 5% off for acme", "gave", "5% off for acme"),
        ("gave them a call with our CTO", "gave", "them a call with our CTO"),
        ("gave away three months", "gave", "away three months"),
        ("got net 30", "got", "net 30"),
        ("got them to sign for two years", "got", "them to sign for two years"),
        ("got a meeting with their board", "got", "a meeting with their board"),
        ("we won the acme deal", "won", "acme"),
        ("won", "won", ""),
        ("lost globex to a cheaper rival", "lost", "globex"),
        ("lost acme, they were too slow", "lost", "acme"),
        ("lost the deal", "lost", ""),
        ("tip for today", "tip", ""),
        ("tips on trading", "tip", "trading"),
        ("export my data", "export", ""),
        ("delete my data please", "forget me", "please"),
        ("promise send the draft by Friday for Acme", "promise", "send the draft by Friday for Acme"),
        ("I promise a call by noon", "promise", "a call by noon"),
        ("my promises", "promise", ""),
        ("promises please", "promise", ""),
        ("check-ins", "checkins", ""),
        ("checkins pause until 7 January", "checkins", "pause until 7 January"),
        ("checkins please", "checkins", "please"),
        ("touched acme", "touched", "acme"),
        ("called acme today", "touched", "acme today"),
        ("spoke to Acme Holding yesterday", "touched", "Acme Holding yesterday"),
        ("recover acme", "recover", "acme"),
        ("recovery", "recover", ""),
        ("won acme renewal", "won", "acme renewal"),
        ("won the renewal with acme", "won", "renewal with acme"),
        ("renewal acme", "renewal", "acme"),
        ("renewal", "renewal", ""),
        ("renewed Acme Holding 🎉", "renewal", "Acme Holding 🎉"),
        ("expansion acme", "expansion", "acme"),
        ("upsell for acme", "expansion", "acme"),
        ("referral from acme to globex", "referral", "from acme to globex"),
        ("referral to globex from acme", "referral", "to globex from acme"),
        ("acme referred us to globex", "referral", "acme referred us to globex"),
    ],
)
def test_what_is_typed_finds_its_verb(typed: str, verb: str, words: str) -> None:
    assert read(typed) == Request(verb, words)


SENTENCES = [
    "deal is signed, how do I stay in touch",
    "deals are slow this quarter",
    "deals fall apart at the last minute, why",
    "plan to call them tomorrow",
    "plan b is to walk away",
    "plan on asking for a reference, good idea?",
    "plan went out of the window when she said no",
    "plan looks thin, what am I missing",
    "prep took ages and they cancelled",
    "prep didn't help, they ignored my questions",
    "prepare to be disappointed, they said",
    "won them over with a case study",
    "won over their CFO today",
    "won his trust, what next",
    "won my first deal but they are slow to sign",
    "lost my temper on the call",
    "lost his trust after the late delivery",
    "lost for words when she asked about price",
    "lost sleep over this negotiation",
    "lost control of the meeting, help",
    "lost to a cheaper rival again",
    "got burned by procurement last year",
    "got burned by procurement last year and now I'm nervous",
    "got it, thanks",
    "got ghosted again",
    "got told no three times",
    "got a question about procurement",
    "got nervous and gave away too much",
    "got an email from their CFO, he wants 10% off",
    "got stuck on price",
    "got to say they're tough",
    "got any tips for a tough buyer",
    "got nothing in return",
    "gave in again",
    "gave up too early, how do I recover",
    "gave away too much",
    "gave my word and now legal says no",
    "gave no discount and they got angry",
    "counter offers make me nervous",
    "counter to what I expected they were friendly",
    "counter offer from a rival landed today",
    "tip of the iceberg, there is more behind it",
    "tips for handling a tough buyer who shouts",
    "help me with procurement, they want net 90",
    "hi, they want 15% off",
    "hello, how do I open a call with a CFO",
    "thanks to them we lost two weeks",
    "ok they agreed to 5%, what now",
    "great call but they went silent",
    "perfect storm: late delivery and a new CFO",
    "start with price or with value?",
    "settings on their side changed, new buyer",
    "export team wants 10% off",
    "forget it, they won't move",
    "new deal came in and I'm nervous",
    "new deal with globex, they want 15% off",
    "pipeline looks weak",
    "menu of options for them?",
    "cheers but how do I say no",
    "okay but they want 15% off",
    "I got 5% off for acme",
    "won't they walk if we say no",
    "renewal is coming up and they want 15% off",
    "renewal talks with acme",
    "renewal price is too high",
    "renewal in two weeks, how do I open",
    "expansion into Asia changes their budget",
    "upsell ideas for a quiet client",
    "upsell them without being pushy",
    "referral program ideas",
    "referral requests feel awkward, how do I ask",
    "referral from them would help a lot",
]
NO_VERBS = ["prepaid plan", "tipping point", "wonderful", "they want 20% off", "dealership", "🎉"]
SLIPS = [
    ("prpe acme", "prep"),
    ("pepr acme", "prep"),
    ("tpi", "tip"),
    ("wno acme", "won"),
    ("setings", "settings"),
    ("dels", "deals"),
    ("promse", "promise"),
    ("chekins", "checkins"),
    ("renwal acme", "renewal"),
    ("refferal from acme to globex", "referral"),
    ("xyzzy", ""),
]


@pytest.mark.parametrize("typed", NO_VERBS)
def test_a_word_that_only_starts_like_a_verb_is_none(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize("typed", SENTENCES)
def test_a_sentence_that_begins_with_a_verbs_word_is_a_sentence(typed: str) -> None:
    assert read(typed) is None


def test_there_are_enough_sentences_of_every_verb_that_begins_one() -> None:
    assert len(SENTENCES) >= 40


@pytest.mark.parametrize("typed", ["t\u0130p", "deal\u017f", "\u017fettings", "h\u0130", "prep\u0130"])
def test_a_letter_in_disguise_is_no_verb(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize("piece", ["got really ", "lost a ", "plan ", "tip for ", "won the ", "we ", "new deal with, "])
def test_a_very_long_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(read, piece) < LINEAR


@pytest.mark.parametrize(
    "typed",
    [
        "promised them a report and forgot it",
        "my promises are scattered over five notebooks",
        "check in with the client about the renewal",
        "check-ins feel pointless when I have no news",
        "called them, they want 15% off",
        "called off the deal because the budget was frozen last week",
        "called acme: they want 15% off",
        "spoke to her about the price",
        "recover from a bad meeting with a client who is angry",
        "recovered",
    ],
)
def test_what_tells_of_keeping_in_touch_is_a_sentence(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(("typed", "verb"), SLIPS)
def test_a_slip_finds_the_nearest_verb(typed: str, verb: str) -> None:
    assert nearest(typed) == verb


@pytest.mark.parametrize("typed", ["the weather", "price is too high", "what now", "client called", "no", "😀"])
def test_a_sentence_that_is_no_slip_suggests_nothing(typed: str) -> None:
    assert nearest(typed) == ""


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("won globex and prep acme", ["won globex", "prep acme"]),
        ("prep acme; tip", ["prep acme", "tip"]),
        ("won globex, and then prep acme", ["won globex", "prep acme"]),
        ("prep johnson and johnson", ["prep johnson and johnson"]),
        ("prep rock and roll", ["prep rock and roll"]),
        ("won acme renewal and prep globex", ["won acme renewal", "prep globex"]),
        ("prep acme expansion and renewal", ["prep acme expansion and renewal"]),
    ],
)
def test_two_things_in_one_sentence_are_taken_apart(typed: str, parts: list[str]) -> None:
    assert list(split(typed)) == parts


def test_every_verb_has_a_spelling_and_an_answer() -> None:
    assert set(SPELLINGS) == set(VERBS)


@given(st.text(max_size=300))
def test_no_text_breaks_the_grammar(text: str) -> None:
    assert all(request is None or request.verb in SPELLINGS for request in map(read, split(text)))
    nearest(text)


@pytest.mark.parametrize("blank", [" ", "\n", "\t", " \n"])
def test_a_wall_of_blanks_is_one_request_and_read_in_proportion(blank: str) -> None:
    assert len(list(split(f"promise{blank * 8000}"))) == 1
    assert growth(lambda blanks: list(split(f"promise{blanks}")), blank) < LINEAR
