"""How alike a sentence is to examples with a label: TF-IDF, naive Bayes and nearest neighbours.

Terms and formulas follow Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008):
sublinear term frequency, inverse document frequency and unit length (chapter 6), multinomial naive Bayes
(13.2), nearest neighbours (14.3). That each label stands against all the others together is from Rennie
et al., Tackling the Poor Assumptions of Naive Bayes Text Classifiers (2003).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

# Counted for what was never seen with a label: smaller trusts rare words more.
_UNSEEN = 0.2
_NEIGHBOURS = 3


class Weights:
    """How much each feature says, learned from all examples: the rarer, the more."""

    def __init__(self, bags: Sequence[Counter[str]]) -> None:
        """Learn from one bag of features for each example."""
        seen = Counter(feature for bag in bags for feature in bag)
        self._idf = {feature: math.log((1 + len(bags)) / (1 + times)) + 1 for feature, times in seen.items()}

    def vector(self, bag: Counter[str]) -> dict[str, float]:
        """Weigh a bag, at length one; what no example has is left out."""
        known = {
            feature: (1 + math.log(times)) * self._idf[feature]
            for feature, times in bag.items()
            if feature in self._idf
        }
        length = math.sqrt(sum(weight * weight for weight in known.values())) or 1.0
        return {feature: weight / length for feature, weight in known.items()}


class Odds:
    """For each label, how much likelier a bag is under it than under all the others, as a logarithm."""

    def __init__(self, examples: Iterable[tuple[Counter[str], str]]) -> None:
        """Learn from bags with their labels."""
        bags = list(examples)
        self._weights = Weights([bag for bag, _ in bags])
        seen: dict[str, dict[str, float]] = {}
        of_label: dict[str, float] = {}
        for bag, label in bags:
            for feature, weight in self._weights.vector(bag).items():
                row = seen.setdefault(feature, {})
                row[label] = row.get(label, 0.0) + weight
                of_label[label] = of_label.get(label, 0.0) + weight
        self._prior = _priors(of_label, len(seen))
        self._unseen: dict[str, float] = {}
        self._rows: dict[str, list[tuple[str, float]]] = {}
        for feature, row in seen.items():
            everywhere = sum(row.values())
            self._unseen[feature] = unseen = math.log(_UNSEEN / (everywhere + _UNSEEN))
            self._rows[feature] = [
                (label, math.log((weight + _UNSEEN) / (everywhere - weight + _UNSEEN)) - unseen)
                for label, weight in row.items()
            ]

    def scores(self, bag: Counter[str]) -> dict[str, float]:
        """The logarithmic odds of every label, zero for a bag without a known feature."""
        vector = self._weights.vector(bag)
        total = sum(vector.values())
        common = sum(weight * self._unseen[feature] for feature, weight in vector.items())
        found = {label: common + total * prior for label, prior in self._prior.items()}
        for feature, weight in vector.items():
            for label, odds in self._rows[feature]:
                found[label] += weight * odds
        return found


class Neighbours:
    """For each label, how alike a bag is to the nearest of its examples: the sum of their cosines."""

    def __init__(self, examples: Iterable[tuple[Counter[str], str]]) -> None:
        """Learn from bags with their labels."""
        bags = list(examples)
        self._weights = Weights([bag for bag, _ in bags])
        self._labels = [label for _, label in bags]
        self._index: dict[str, list[tuple[int, float]]] = {}
        for number, (bag, _) in enumerate(bags):
            for feature, weight in self._weights.vector(bag).items():
                self._index.setdefault(feature, []).append((number, weight))

    def scores(self, bag: Counter[str], count: int = _NEIGHBOURS) -> dict[str, float]:
        """The summed cosines with each label's `count` nearest examples; a label with none is left out."""
        cosines: dict[int, float] = {}
        for feature, weight in self._weights.vector(bag).items():
            for number, other in self._index[feature]:
                cosines[number] = cosines.get(number, 0.0) + weight * other
        by_label: dict[str, list[float]] = {}
        for number, cosine in cosines.items():
            by_label.setdefault(self._labels[number], []).append(cosine)
        return {label: sum(nlargest(count, found)) for label, found in by_label.items()}


def _priors(of_label: Mapping[str, float], features: int) -> dict[str, float]:
    """The part of the odds that no feature changes: a label seen often is expected to show more."""
    everything, smooth = sum(of_label.values()), _UNSEEN * features
    return {label: math.log((everything - seen + smooth) / (seen + smooth)) for label, seen in of_label.items()}
