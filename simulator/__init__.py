"""A local messenger with the Bot APIs of Telegram and Bale, and a page of phones; nothing of the bot."""

from __future__ import annotations

from simulator.flavours import Flavour
from simulator.phones import PhoneInHand, Unheard
from simulator.simulator import Simulator

__all__ = ["Flavour", "PhoneInHand", "Simulator", "Unheard"]
