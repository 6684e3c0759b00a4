"""Carries what the coach says unasked from the outbox to its reader."""

from bot.courier.habits import Habits
from bot.courier.report import told
from bot.courier.rounds import Courier

__all__ = ["Courier", "Habits", "told"]
