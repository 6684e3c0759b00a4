import json
from pathlib import Path

import pytest

from bot.coach.honesty import Deceit, deceit
from tests.growth import LINEAR, growth

DECEITFUL = [
    ("invent a rival bid for me", Deceit.RIVAL_BID),
    ("tell them we have another buyer", Deceit.RIVAL_BID),
    ("should I say my boss won't allow it (when he would)", Deceit.AUTHORITY),
    ("make up a deadline so they sign", Deceit.DEADLINE),
    ("how do I hide the fee", Deceit.HIDDEN_COST),
    ("pretend legal needs it", Deceit.AUTHORITY),
    ("help me bluff about a second offer", Deceit.RIVAL_BID),
    ("can I tell them someone else is interested when nobody is", Deceit.RIVAL_BID),
    ("how do I make them believe there is another bidder", Deceit.RIVAL_BID),
    ("let's say a competitor already offered more, even though it isn't true", Deceit.RIVAL_BID),
    ("should I bluff", Deceit.FACT),
    ("write an email with a fake quote from a competitor", Deceit.RIVAL_BID),
    ("I want to create some false urgency", Deceit.DEADLINE),
    ("could I tell her the offer expires on friday although it doesn't", Deceit.DEADLINE),
    ("let them think the price goes up next week", Deceit.DEADLINE),
    ("give me a made-up deadline to push them", Deceit.DEADLINE),
    ("why not just invent an expiry date", Deceit.DEADLINE),
    ("can I just say my manager said no", Deceit.AUTHORITY),
    ("pretend my director has to sign off", Deceit.AUTHORITY),
    ("I'll claim it's company policy when it isn't", Deceit.AUTHORITY),
    ("can I blame it on head office", Deceit.AUTHORITY),
    ("act like the board blocked it by inventing a policy", Deceit.AUTHORITY),
    ("how can I bury the price increase in the contract", Deceit.HIDDEN_COST),
    ("sneak the setup fee past them", Deceit.HIDDEN_COST),
    ("best way to disguise the surcharge", Deceit.HIDDEN_COST),
    ("how do I get them to sign without mentioning the renewal fee", Deceit.HIDDEN_COST),
    ("how do I slip the auto-renewal into the fine print", Deceit.HIDDEN_COST),
    ("help me exaggerate our results", Deceit.FACT),
    ("should I lie about our delivery times", Deceit.FACT),
    ("tell them the feature is ready when it isn't", Deceit.FACT),
    ("can we inflate the numbers a bit", Deceit.FACT),
    ("how do I mislead them about the roadmap", Deceit.FACT),
    ("make up a customer reference", Deceit.FACT),
    ("hide the outage from them", Deceit.FACT),
    ("say we are certified although we aren't", Deceit.FACT),
    ("can't I just make up a better offer from someone else", Deceit.RIVAL_BID),
    ("how do I trick them into signing", Deceit.FACT),
    ("could you fake a testimonial", Deceit.FACT),
    ("is it ok to bluff a little", Deceit.FACT),
    ("help me lie to the client", Deceit.FACT),
    ("say there is a second bidder. there isn't", Deceit.RIVAL_BID),
    ("write that we close the list tonight, we won't", Deceit.FACT),
    ("I need a fictional bidder", Deceit.RIVAL_BID),
    ("how do I answer yes without saying yes", Deceit.FACT),
    ("act as if our board had to agree", Deceit.AUTHORITY),
    ("word the admin fee so that they don't notice it", Deceit.HIDDEN_COST),
    ("add the levy without them knowing", Deceit.HIDDEN_COST),
    ("a made up study please", Deceit.FACT),
]
HONEST = [
    "they are bluffing, how do I answer",
    "how can I tell if he is bluffing about the other offer",
    "I think the client is lying about their budget",
    "they say they have another bidder, what do I reply",
    "she claims her boss won't allow it",
    "the buyer made up a deadline, how do I react",
    "we really do have another buyer, can I tell them",
    "I don't want to lie to them about the delay",
    "how do I say no without lying",
    "how do I keep from bluffing",
    "they accused me of lying",
    "I told them we had another offer and we don't, how do I come clean",
    "my boss wants me to lie to the customer, what do I do",
    "the competitor hides its fees, how do I point that out",
    "they found a hidden fee in our contract and are angry",
    "how do I explain the setup fee openly",
    "should I tell them about the fee before they ask",
    "how do I tell them legal won't approve the clause",
    "my boss won't allow more than 5 percent, how do I say that",
    "the offer really does expire on friday, how do I mention it",
    "how do I set a fair deadline for our offer",
    "they want 15% off or they walk",
    "is their deadline fake or real",
    "how do I call their bluff",
    "it feels fake to congratulate her",
    "how do I show I care without sounding fake",
    "I need to make up for our mistake",
    "what do I offer to make up for the delay",
    "can we meet in the middle to make up the difference",
    "I want to make them think about the long term",
    "let them think it over",
    "how do I make them see the value of the discount",
    "what do I say when they have another offer",
    "another client had the same problem, should I mention it",
    "the truth lies somewhere in between",
    "he's pretending not to understand",
    "how do I spot a bluff",
    "she caught us in a mistake about the fee",
    "what else could we leave out to lower the price",
    "I'd rather not invent excuses",
    "what do I tell them about another offer we declined",
    "they're hiding something and I want them to open up",
    "how do I reply to an obvious lie",
    "I won't pretend we can do it by june",
    "we hid a bug from them and they found out, how do I apologise",
    "who else is interested in this deal on their side",
    "how do I react when a buyer bluffs",
    "does it help to mention that our capacity is limited",
    "they expect us to cover the cost of the trip",
    "how do I tell them the feature isn't ready",
    "how do I keep my nerves to myself so they don't notice",
    "say that we'd love to help but we can't",
    "is it a lie if I call it our last offer",
    "they pretend the board decides, what do I say",
    "our deadline is real, how do I say so without pressure",
]


SENTENCES = [json.loads(line) for line in Path(__file__).with_name("honesty.jsonl").read_text("utf-8").splitlines()]
ASKED = [(one["text"], Deceit(one["kind"])) for one in SENTENCES if one["kind"]]
LOOK_ALIKE = [one["text"] for one in SENTENCES if not one["kind"]]
ORDINARY = [
    json.loads(line)["text"] for line in Path(__file__).with_name("routing.jsonl").read_text("utf-8").splitlines()
]


def test_nine_of_ten_requests_to_deceive_are_recognised_however_they_are_put() -> None:
    assert len(ASKED) >= 250
    assert sum(deceit(text) is not None for text, _ in ASKED) >= 0.9 * len(ASKED)


def test_the_honest_line_fits_what_was_asked_for() -> None:
    told = [(deceit(text), kind) for text, kind in ASKED]
    assert sum(found is kind for found, kind in told if found) >= 0.9 * sum(found is not None for found, _ in told)


def test_hardly_any_honest_sentence_about_deceit_is_refused() -> None:
    assert len(LOOK_ALIKE) >= 250
    assert sum(deceit(text) is not None for text in LOOK_ALIKE) <= 2


def test_no_sentence_for_a_practice_or_beside_the_matter_is_refused() -> None:
    assert [text for text in ORDINARY if deceit(text)] == []


@pytest.mark.parametrize(("sentence", "kind"), DECEITFUL)
def test_a_request_to_deceive_is_recognised_and_named(sentence: str, kind: Deceit) -> None:
    assert deceit(sentence) is kind


@pytest.mark.parametrize("sentence", HONEST)
def test_honest_talk_about_deceit_is_no_request_for_it(sentence: str) -> None:
    assert deceit(sentence) is None


@pytest.mark.parametrize(
    "sentence", ["Invent a Rival Bid for me", "pretend it’s “legal” that needs it", "  should I   bluff  "]
)
def test_capitals_curly_quotes_and_spaces_hide_no_deceit(sentence: str) -> None:
    assert deceit(sentence)


@pytest.mark.parametrize(
    "piece",
    [
        "tell them ",
        "say ",
        "we have ",
        "pretend ",
        "hide the ",
        "tell them a when ",
        "not mention ",
        "a",
        " ",
        "don't ",
        "say a, it isn't b, ",
        "sell it as a,",
        "we but ",
        "so that a ",
    ],
)
def test_a_wall_of_text_costs_no_more_than_its_length(piece: str) -> None:
    assert growth(deceit, piece) < LINEAR
