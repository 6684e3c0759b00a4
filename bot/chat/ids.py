"""What comes back from a card: ids that every platform can carry, and that can be told apart."""

import re
from collections.abc import Sequence

# What `Pressed` will carry; ":" joins the two on the wire and so may not stand in an action.
ACTION = re.compile(r"[a-z][a-z0-9_.]{0,63}")
SUBJECT_MAX = 180
# What can be ticked or chosen carries an id back; Slack keeps no longer one.
OPTION_ID_MAX = 150


def check_action(action: str, subject: str = "") -> None:
    """Raise `ValueError` unless a press can carry them."""
    if not ACTION.fullmatch(action) or len(subject) > SUBJECT_MAX:
        raise ValueError(f"not a valid action: {action}:{subject}")


def check_option(written: str) -> None:
    """Raise `ValueError` unless a tick or an entry of a menu can carry it."""
    if not 0 < len(written) <= OPTION_ID_MAX:
        raise ValueError(f"not a valid option id: {written!r}")


def check_ticks(checklist: str, ticks: Sequence[str]) -> None:
    """Raise `ValueError` unless a tick of this checklist says which one it is."""
    if len(checklist) > SUBJECT_MAX or len(set(ticks)) < len(ticks):
        raise ValueError(f"not a valid checklist: {checklist}")


def check_fields(ids: Sequence[str]) -> None:
    """Raise `ValueError` unless an answer says to which field; `~` numbers a field that a renderer had to split."""
    if len(set(ids)) < len(ids) or any(not 0 < len(written) <= SUBJECT_MAX or "~" in written for written in ids):
        raise ValueError(f"not valid field ids: {sorted(set(ids))}")
