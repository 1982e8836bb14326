"""This bot whole, as `python -m bot run` starts it; only the pace platforms ask for is lifted."""

from __future__ import annotations

import os
import sys

from bot.__main__ import main
from bot.platforms.messenger import Pace
from bot.platforms.telegram import Telegram

UNLIMITED = 1e9

if __name__ == "__main__":
    if "BENCH_PACED" not in os.environ:
        Telegram.pace = Pace(overall=UNLIMITED, chat=UNLIMITED, group=UNLIMITED)
    sys.exit(main(["run"]))
