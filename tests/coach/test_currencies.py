"""The currencies we know are the ones there are."""

from babel.numbers import list_currencies

from bot.coach.currencies import CURRENCIES


def test_every_currency_of_the_current_list_is_known_and_no_other() -> None:
    assert list_currencies("en") == CURRENCIES
