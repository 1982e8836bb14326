"""Forms posted over kept connections: what the bot does all day, at a quarter of what aiohttp needs for it.

What is rare or long (files, proxies, polling) stays with aiohttp: see `bot.platforms.request`.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import cast
from urllib.parse import SplitResult, urlsplit

MOST_CONNECTIONS = 256
KEPT_SECONDS = 15.0  # platforms close a connection that rests for longer, perhaps just as it is used
NEXT_ADDRESS_SECONDS = 0.25  # after which another address of the same host is tried beside the first
LARGEST_HEAD, LARGEST_BODY = 1 << 14, 1 << 20  # bytes; what answers a form is a message
HEAD_ENDS = b"\r\n\r\n"


class NoConnectionError(Exception):
    """Nothing was sent: no connection could be had."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and whether the connection may carry more."""

    status: int
    body: bytes
    kept: bool


class Wire:
    """Connections that were used and are kept for the next, by scheme and host."""

    def __init__(self) -> None:
        self._resting: defaultdict[tuple[str, str], list[_Connection]] = defaultdict(list)
        self._room = asyncio.Semaphore(MOST_CONNECTIONS)

    async def post(self, url: str, form: bytes, connecting: float, reading: float) -> tuple[int, bytes]:
        """Send a form and return status and body; both times are in seconds.

        Raises NoConnectionError, and TimeoutError, OSError or ValueError where it may have arrived.
        """
        to, answer = urlsplit(url), None
        await self._find_room(connecting)
        try:
            connection = self._rested(to) or await self._opened(to, connecting)
            try:
                async with asyncio.timeout(reading):
                    answer = await connection.exchange(_request(to, form))
            finally:
                self._let_go(connection, to, kept=answer is not None and answer.kept)
        finally:
            self._room.release()
        return answer.status, answer.body

    def close(self) -> None:
        """Close what rests."""
        for several in self._resting.values():
            for connection in several:
                connection.close()
        self._resting.clear()

    async def _find_room(self, within: float) -> None:
        try:
            async with asyncio.timeout(within if self._room.locked() else None):
                await self._room.acquire()
        except TimeoutError:
            raise NoConnectionError("too many at once") from None

    def _let_go(self, connection: _Connection, to: SplitResult, *, kept: bool) -> None:
        if kept:
            self._resting[to.scheme, to.netloc].append(connection)
        else:
            connection.close()

    def _rested(self, to: SplitResult) -> _Connection | None:
        """Return the connection that was used last, if it is still good."""
        resting = self._resting[to.scheme, to.netloc]
        while resting:
            connection = resting.pop()
            if connection.is_good():
                return connection
            connection.close()
        return None

    async def _opened(self, to: SplitResult, within: float) -> _Connection:
        secret = to.scheme == "https"
        try:
            async with asyncio.timeout(within):
                _, connection = await asyncio.get_running_loop().create_connection(
                    _Connection,
                    to.hostname or "",
                    to.port or (443 if secret else 80),
                    ssl=self._certificates if secret else None,
                    happy_eyeballs_delay=NEXT_ADDRESS_SECONDS,
                )
        except OSError as error:  # a TimeoutError is one
            raise NoConnectionError(type(error).__name__) from None
        return connection

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return ssl.create_default_context()


class _Connection(asyncio.Protocol):
    """Carries one exchange after the other."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._read = bytearray()
        self._answer: asyncio.Future[Answer] | None = None
        self._used = self._loop.time()

    async def exchange(self, request: bytes) -> Answer:
        """Send and wait for the whole answer. Raises OSError or ValueError."""
        if self._transport is None:
            raise ConnectionResetError
        self._answer = self._loop.create_future()
        self._transport.write(request)
        return await self._answer

    def is_good(self) -> bool:
        """Whether another exchange may be tried: nobody hung up or spoke unasked, and it rested shortly."""
        rested = self._loop.time() - self._used
        return self._transport is not None and not self._read and rested < KEPT_SECONDS

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._read += data
        self._look(ended=False)

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._look(ended=True)
        self._fail(error or ConnectionResetError("the connection was closed"))

    def _look(self, *, ended: bool) -> None:
        waits = self._answer
        if waits is None or waits.done():
            return
        try:
            answer = answer_in(bytes(self._read), ended=ended)
        except ValueError as error:
            self._fail(error)
        else:
            if answer is not None:
                self._read.clear()
                self._used = self._loop.time()
                waits.set_result(answer)

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


def _request(to: SplitResult, form: bytes) -> bytes:
    head = (
        f"POST {to.path} HTTP/1.1\r\nHost: {to.netloc}\r\nUser-Agent: khodyar\r\nAccept: */*\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
    )
    return head.encode("ascii") + form


def answer_in(read: bytes, *, ended: bool = False) -> Answer | None:
    """Return the answer once it is there whole; `ended` where no more will come. ValueError if it is none."""
    head, blank, rest = read.partition(HEAD_ENDS)
    if len(head) > LARGEST_HEAD or len(rest) > LARGEST_BODY:
        raise ValueError("the answer is too large")
    if not blank:
        return None
    first, *lines = head.lower().split(b"\r\n")
    version, status, *_ = first.split(b" ")
    fields = {name: value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    stays = version == b"http/1.1" and fields.get(b"connection") != b"close"
    if fields.get(b"transfer-encoding") == b"chunked":
        body = _joined(rest)
    elif (length := fields.get(b"content-length")) is not None:
        body = _counted(rest, int(length))
    else:
        body, stays = rest if ended else None, False
    return None if body is None else Answer(int(status), body, stays)


def _counted(read: bytes, length: int) -> bytes | None:
    if len(read) > length:
        raise ValueError("more came than was announced")
    return read if len(read) == length else None


def _joined(chunks: bytes) -> bytes | None:
    """Return what came in chunks, None until the last of them is there."""
    body = b""
    while True:
        size, line, chunks = chunks.partition(b"\r\n")
        if not line:
            return None
        length = int(size.partition(b";")[0], 16)
        if length == 0:
            return body if chunks == b"\r\n" or chunks.endswith(HEAD_ENDS) else None
        body, chunks = body + chunks[:length], chunks[length + 2 :]
