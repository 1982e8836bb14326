"""How each platform's intake is doing, for the health page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.ids import Platform


class Pulse:
    """The present trouble of each platform, None where all is well; changes are logged once."""

    def __init__(self, platforms: Iterable[Platform]) -> None:
        self._troubles: dict[Platform, str | None] = dict.fromkeys(platforms, "starting")

    @property
    def troubles(self) -> dict[Platform, str | None]:
        return dict(self._troubles)

    def well(self, platform: Platform) -> None:
        """Note that a platform answers."""
        if self._troubles.get(platform) is not None:
            structlog.get_logger().info("platform_answers", platform=platform)
        self._troubles[platform] = None

    def ill(self, platform: Platform, reason: str) -> None:
        """Note what is wrong with a platform."""
        if self._troubles.get(platform) != reason:
            structlog.get_logger().warning("platform_in_trouble", platform=platform, reason=reason)
        self._troubles[platform] = reason
