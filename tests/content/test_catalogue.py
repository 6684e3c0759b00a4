"""The words of trading are checked at the start, and a company's own are laid over them entry by entry."""

import re
from pathlib import Path

import pytest

from bot.coach.amounts import Kind
from bot.coach.plans import Worth
from bot.errors import PlaybookError
from content.catalogue import TRADING, Trading, load_trading
from content.library import load
from tests.content.test_playbook_words import AMERICAN, BANNED, FEELINGS, OPENINGS

OURS = load_trading()
TEXT = TRADING.read_text(encoding="utf-8")
COMPANY = Path(__file__).parents[2] / "docs" / "run-it-for-a-company.md"
NAMES = (
    "discount", "contract length", "payment terms", "upfront payment", "seats", "free months", "onboarding", "training",
    "support", "case study", "logo", "reference call", "introduction", "early signature", "volume", "trial",
    "price lock", "exit clause", "auto-renewal", "press release", "data migration", "integration", "custom work",
    "extra modules", "service level", "delivery date", "price", "exclusivity", "travel",
)  # fmt: skip


def overlay(folder: Path, text: str) -> Path:
    (folder / TRADING.name).write_text(text, encoding="utf-8")
    return folder


def entry(name: str) -> str:
    """The text of one tradable of ours."""
    return next(part for part in TEXT.split("[[tradable]]")[1:] if f'name = "{name}"' in part)


def phrases(trading: Trading) -> list[str]:
    """Every sentence of the file."""
    said = [one for listing in trading.tradable for one in (listing.courtesy, listing.thanks, *listing.behind)]
    said += [one for listing in trading.tradable for m in listing.measured for one in (m.courtesy, m.thanks) if one]
    return said + [one.rather for one in trading.adversarial] + list(trading.own_words.behind)


def test_the_catalogue_holds_what_the_reader_reads() -> None:
    assert set(OURS.listings) == set(NAMES)
    assert load().trading == OURS


def test_no_hype_no_cliche_and_nobody_is_told_what_they_feel() -> None:
    assert [one for one in TEXT.splitlines() if BANNED.search(one) or AMERICAN.search(one) or "!" in one] == []
    assert [one for one in phrases(OURS) if FEELINGS.search(one)] == []


def test_every_sentence_starts_with_a_capital_and_ends() -> None:
    assert [one for one in phrases(OURS) if not re.fullmatch(r"[A-Z].*[.?]", one)] == []


def test_what_is_behind_a_demand_is_asked_openly() -> None:
    asked = [one for listing in OURS.tradable for one in listing.behind] + list(OURS.own_words.behind)
    assert [one for one in asked if not (one.startswith(OPENINGS) and one.endswith("?"))] == []


def test_motives_are_things_and_not_judgements() -> None:
    motives = [one for listing in OURS.tradable for one in listing.motives]
    assert [one for one in motives if not re.fullmatch(r"[a-z][^.?]*", one)] == []


def test_no_tradable_is_asked_in_return_for_itself() -> None:
    assert [one.name for one in OURS.tradable if one.name in one.ask_for] == []


def test_worths_are_guesses_until_the_rep_knows() -> None:
    ours, theirs = OURS.listings["discount"].as_give.estimates
    assert (ours.worth, theirs.worth, ours.known, theirs.known) == (Worth.HIGH, Worth.HIGH, False, False)


def test_an_amount_takes_the_form_of_its_unit() -> None:
    calls = OURS.listings["reference call"]
    assert calls.measure("calls") == calls.measure("")
    assert calls.measure("seats") is None
    months = OURS.listings["free months"].measure("months")
    assert months
    assert Kind.TIME in months.kinds


def test_a_company_words_one_tradable_anew_and_keeps_the_rest(tmp_path: Path) -> None:
    text = f"[[tradable]]{entry('logo')}".replace("let you show our logo", "let you carry our name")
    trading = load_trading(overlay(tmp_path, text))
    assert trading.listings["logo"].we == "let you carry our name"
    assert [one for one in trading.tradable if one.name != "logo"] == [
        one for one in OURS.tradable if one.name != "logo"
    ]
    assert load(tmp_path).trading == trading


def test_a_company_brings_a_tradable_of_its_own_with_the_ways_it_is_typed(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", COMPANY.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    trading = load_trading(overlay(tmp_path, example[1]))
    (new,) = set(trading.listings) - set(OURS.listings)
    assert set(trading.spellings.values()) == {new}


def test_a_company_says_its_own_joint_words_first(tmp_path: Path) -> None:
    text = '[[adversarial]]\nsaid = ["Final offer"]\nrather = "This is our best for today."\n'
    assert load_trading(overlay(tmp_path, text)).rather["final offer"] == "This is our best for today."


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('name = "logo"', 'name = "logo', "at line"),
        ('name = "logo"', 'name = "LOGO"', "name"),
        ('we = "let you show our logo"', "", "we"),
        ('{ours = "low", theirs = "low"}', '{ours = "tiny", theirs = "low"}', "ours"),
        ("let you show our logo", "let you show {amount}", "unknown slot {amount}"),
        ("let you show our logo", "let you show our logo}", "stray brace"),
        ('"introduction", "case study"]', '"introdution", "case study"]', "unknown tradable 'introdution'"),
        ('noun = "the use of a logo"', 'noun = "the use of a logo"\nnuon = "x"', "nuon"),
    ],
)
def test_a_broken_entry_stops_the_start_with_file_and_line(tmp_path: Path, old: str, new: str, named: str) -> None:
    whole = f"[[tradable]]{entry('onboarding')}[[tradable]]{entry('logo')}"
    assert old in whole
    with pytest.raises(PlaybookError, match=r"trading\.toml(:\d+)?:.*") as refused:
        load_trading(overlay(tmp_path, whole.replace(old, new)))
    assert named in refused.value.sentence


def test_the_line_named_is_in_the_entry_and_the_form_that_are_wrong(tmp_path: Path) -> None:
    text = f"[[tradable]]{entry('onboarding')}[[tradable]]{entry('seats')}".replace('you = "take {amount}"', "you = 3")
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one == "you = 3")
    with pytest.raises(PlaybookError, match=rf"trading\.toml:{line}: tradable\.1\.measured\.0\.you"):
        load_trading(overlay(tmp_path, text))


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="two tradables"):
        load_trading(overlay(tmp_path, f"[[tradable]]{entry('logo')}" * 2))


def test_a_sentence_around_a_trade_names_both_sides(tmp_path: Path) -> None:
    frames = TEXT[TEXT.index("[frames]") : TEXT.index("[own_words]")].replace("we {gives}", "we do something")
    with pytest.raises(PlaybookError, match="a slot is missing"):
        load_trading(overlay(tmp_path, frames))
