"""The simulator as a test uses it: a server on a free port, and phones in the hand."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from simulator.faults import Faults
from simulator.flavours import Flavour
from simulator.messages import Phone
from simulator.messenger import Clock, Query
from simulator.pace import PaceWarning
from simulator.phones import PhoneInHand
from simulator.rules import Violation
from simulator.server import serving
from simulator.world import TOKENS, USERNAME, World


class Simulator:
    """A running messenger of both flavours."""

    def __init__(self, world: World, host: str, port: int) -> None:
        """Stand for a world that is served at an address."""
        self.world = world
        self.host = host
        self.port = port

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tokens: Mapping[Flavour, str] = TOKENS,
        username: str = USERNAME,
        clock: Clock = time.time,
        redeliver_after: float = 0.5,
    ) -> AsyncIterator[Simulator]:
        """Serve until the block ends. OSError when the port is taken."""
        world = World(tokens, username=username, clock=clock, redeliver_after=redeliver_after)
        async with serving(world, host, port) as bound:
            yield cls(world, host, bound)

    @property
    def address(self) -> str:
        """Give the page's address; one that listens everywhere is reached by the loopback."""
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104

    def url(self, flavour: str) -> str:
        """Give the address before `/bot<token>` and `/file/bot<token>`."""
        return f"{self.address}/{Flavour(flavour)}"

    def token(self, flavour: str) -> str:
        """Give the token the bot must use."""
        return self.world.messengers[Flavour(flavour)].token

    def phone(
        self,
        flavour: str,
        user_id: int,
        first_name: str,
        number: str,
        label: str = "",
        *,
        old_client: bool = False,
        minimal: bool = False,
    ) -> PhoneInHand:
        """Switch a new phone on; `minimal` sends only what Bale documents as always there."""
        return self.adopt(Phone(Flavour(flavour), user_id, first_name, number, label, old_client, minimal))

    def adopt(self, phone: Phone) -> PhoneInHand:
        """Switch on a phone that is described already."""
        chat = self.world.add(phone)
        return PhoneInHand(self.world, self.world.messengers[phone.flavour], chat)

    @property
    def faults(self) -> Faults:
        """Order trouble here."""
        return self.world.faults

    @property
    def violations(self) -> tuple[Violation, ...]:
        """List the rules the bot broke so far."""
        self.world.note_overdue()
        return tuple(self.world.violations)

    @property
    def pace_warnings(self) -> tuple[PaceWarning, ...]:
        """List where the bot went faster than the platforms ask for."""
        return tuple(self.world.pace.warnings)

    @property
    def unanswered(self) -> tuple[Query, ...]:
        """List the taps that still wait for answerCallbackQuery."""
        return tuple(
            query for messenger in self.world.messengers.values() for query in messenger.queries.values()
        )

    def repeat_last_update(self, flavour: str) -> None:
        """Deliver the newest update once more under the same number."""
        self.world.messengers[Flavour(flavour)].updates.repeat_last()
