"""Carries what the coach says unasked from the outbox to its reader."""

from bot.courier.courier import Courier
from bot.courier.habits import Habits
from bot.courier.report import told

__all__ = ["Courier", "Habits", "told"]
