"""How the outbox stands, as an operator reads it."""

from bot.courier import told
from store.letters import Standing


def test_an_empty_outbox_is_well() -> None:
    assert told(Standing(0, {})) == (True, "0 waiting to be sent")


def test_what_a_platform_refuses_is_told_before_it_is_given_up() -> None:
    fine, said = told(Standing(3, {}, {"Slack says invalid_auth": 2}))
    assert fine
    assert said == "3 waiting to be sent; in vain so far: 2 x Slack says invalid_auth"


def test_what_was_given_up_is_something_to_repair_unless_people_do_not_want_it() -> None:
    blocked, broken = {"unreachable: Slack says user_disabled": 2}, {"Slack says invalid_blocks": 1}
    assert told(Standing(0, blocked))[0]
    fine, said = told(Standing(0, blocked | broken))
    assert not fine
    assert "given up: 1 x Slack says invalid_blocks, 2 x unreachable: Slack says user_disabled" in said


def test_what_is_sent_again_is_counted() -> None:
    assert told(Standing(3, {}), revived=3)[1] == "3 waiting to be sent; 3 given up before are among them"
