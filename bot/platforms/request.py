"""How the Bot API is called over HTTP: aiohttp under python-telegram-bot.

What counts for whoever decides about sending again is one distinction: `NotSent` surely never reached the
platform, `TimedOut` and any other NetworkError may have.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import IO, TYPE_CHECKING, TypeAlias, cast

import aiohttp
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.platforms.raw import json_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CONNECT_SECONDS = 10.0  # and to wait for a connection of the pool
READ_SECONDS = 20.0  # from the call to the end of its answer, connecting included
FILE_SECONDS = 60.0  # the same where a file goes either way
POOL_SIZE = 256
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LARGEST_ANSWER = 21 << 20  # bytes; platforms hand out files of 20 MB at most
DEFAULT_PATIENCE = 5.0
UNCONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class NotSent(NetworkError):
    """The request never left: no connection could be had."""


class Throttled(TelegramError):
    """Too many requests; `after` is how many seconds to wait, also where the platform did not say."""

    def __init__(self, after: float) -> None:
        super().__init__(f"too many requests, again in {after:g} s")
        self.after = after


Fields: TypeAlias = "Mapping[str, str | InputFile]"


@dataclass(frozen=True, slots=True)
class Form:
    """A call's fields under the names by which `do_request` reads the library's RequestData."""

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, tuple[str, bytes | IO[bytes], str]]

    @property
    def contains_files(self) -> bool:
        return bool(self.multipart_data)


def request_of(fields: Fields) -> RequestData:
    """Return a call's fields in the place of RequestData, which makes several objects of each.

    The library hands it to `do_request` and looks at nothing in it.
    """
    words = {name: value for name, value in fields.items() if isinstance(value, str)}
    files = {name: value.field_tuple for name, value in fields.items() if isinstance(value, InputFile)}
    return cast("RequestData", Form(words, files))


class AiohttpRequest(BaseRequest):
    """One pool of connections for one platform.

    `repair` may rewrite an answer (method, status, body) before python-telegram-bot reads it.
    """

    __slots__ = ("_proxy", "_repair", "_session")

    def __init__(
        self, repair: Callable[[str, int, bytes], tuple[int, bytes]], proxy: str | None = None
    ) -> None:
        self._repair = repair
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool; connections are made when first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=POOL_SIZE))

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 aiohttp has one limit for both ways
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 waiting for the pool counts as connecting
    ) -> tuple[int, bytes]:
        """Send and read whole. Raises NotSent, or TimedOut and NetworkError where it may have arrived."""
        uploads = request_data is not None and request_data.contains_files
        reading = _seconds(read_timeout, FILE_SECONDS if uploads else READ_SECONDS)
        connecting = _seconds(connect_timeout, CONNECT_SECONDS)
        timeout = aiohttp.ClientTimeout(total=reading, connect=connecting)
        status, body = await self._exchange(url, method, request_data, timeout)
        status, body = self._repair(url.partition("?")[0].rpartition("/")[2], status, body)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Throttled(_patience(body))
        return status, body

    async def _exchange(
        self,
        url: str,
        method: str,
        request_data: RequestData | None,
        timeout: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("the pool of connections is closed")
        data, headers = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=data,
                headers=headers,
                proxy=self._proxy,
                timeout=timeout,
                allow_redirects=False,  # the address holds the token
            ) as answer:
                return answer.status, await _read(answer)
        # Names of exceptions only: their texts may hold the address, and the address holds the token.
        except UNCONNECTED as error:
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"the connection broke ({type(error).__name__})") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """Read an answer; the library's own reading would log the whole of one that is not JSON."""
        value = json_object(payload)
        if value is None:
            raise TelegramError("the answer is not a JSON object")
        return dict(value)


def _patience(body: bytes) -> float:
    match json_object(body):
        case {"parameters": {"retry_after": int() | float() as seconds}}:
            return max(float(seconds), 0.0)
        case _:
            return DEFAULT_PATIENCE


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    parts = bytearray()
    while not answer.content.at_eof():
        parts += await answer.content.readany()
        if len(parts) > LARGEST_ANSWER:
            raise NetworkError("the answer is too large")
    return bytes(parts)


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, (int, float)) else default


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, Mapping[str, str]]:
    """Return the body and its headers; aiohttp alone would take a multipart for every form."""
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return URL.build(query=request_data.json_parameters).raw_query_string.encode(), FORM
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        stream = (
            BytesIO(content) if isinstance(content, bytes) else content
        )  # large bytes would hold the loop up
        form.add_field(name, stream, filename=filename, content_type=mime)
    return form, {}
