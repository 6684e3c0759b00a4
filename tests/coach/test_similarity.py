from collections import Counter

import pytest

from bot.coach.similarity import Neighbours, Odds, Weights


def bag(words: str) -> Counter[str]:
    return Counter(words.split())


EXAMPLES = [
    (bag("price discount please"), "trade"),
    (bag("price cut please"), "trade"),
    (bag("sorry mistake please"), "recover"),
    (bag("sorry outage please"), "recover"),
]


def test_a_rare_word_says_more_than_one_that_is_everywhere() -> None:
    vector = Weights([words for words, _ in EXAMPLES]).vector(bag("please outage"))
    assert vector["outage"] > vector["please"]


def test_a_weighed_text_has_length_one_whatever_it_repeats() -> None:
    vector = Weights([words for words, _ in EXAMPLES]).vector(bag("price price price sorry"))
    assert sum(weight**2 for weight in vector.values()) == pytest.approx(1)


@pytest.mark.parametrize("judge", [Odds(EXAMPLES), Neighbours(EXAMPLES)])
def test_the_label_whose_examples_share_the_words_wins(judge: Odds | Neighbours) -> None:
    for words, label in (("a discount on the price", "trade"), ("an outage and a mistake", "recover")):
        scores = judge.scores(bag(words))
        assert max(scores, key=scores.__getitem__) == label


@pytest.mark.parametrize("judge", [Odds(EXAMPLES), Neighbours(EXAMPLES)])
def test_words_never_seen_speak_for_nothing(judge: Odds | Neighbours) -> None:
    assert set(judge.scores(bag("quark gluon")).values()) <= {0.0}


def test_the_odds_of_two_labels_mirror_each_other() -> None:
    scores = Odds(EXAMPLES).scores(bag("price sorry discount"))
    assert scores["trade"] == pytest.approx(-scores["recover"])


def test_only_the_nearest_neighbours_count() -> None:
    near = Neighbours(EXAMPLES)
    assert near.scores(bag("price"), 1)["trade"] < near.scores(bag("price"), 2)["trade"]
    assert near.scores(bag("price"), 2) == near.scores(bag("price"), 9)
