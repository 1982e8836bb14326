"""How the Bot API is called over HTTP: pyreqwest, which works outside the loop, under python-telegram-bot.

What counts for whoever decides about sending again is one distinction: `NotSent` surely never reached the
platform, `TimedOut` and any other NetworkError may have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, TypeAlias, cast

import certifi
from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import DetailedPyreqwestError, PoolTimeoutError, PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.proxy import ProxyBuilder
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.platforms.raw import json_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyreqwest.client import Client
    from pyreqwest.request import RequestBuilder
    from pyreqwest.response import Response

CONNECTING = timedelta(seconds=10)  # and waiting for a connection of the pool
READ_SECONDS = 20.0  # from the call to the end of its answer, connecting included
FILE_SECONDS = 60.0  # the same where a file goes either way
POOL_SIZE = 256
NO_CONNECTION = "client error (Connect)"  # how hyper, below the library, names that phase of a call
FORM = "application/x-www-form-urlencoded"
LARGEST_ANSWER = 21 << 20  # bytes; platforms hand out files of 20 MB at most
DEFAULT_PATIENCE = 5.0


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


class HttpRequest(BaseRequest):
    """One pool of connections for one platform.

    `repair` may rewrite an answer (method, status, body) before python-telegram-bot reads it.
    """

    __slots__ = ("_client", "_proxy", "_repair")

    def __init__(
        self, repair: Callable[[str, int, bytes], tuple[int, bytes]], proxy: str | None = None
    ) -> None:
        self._repair = repair
        self._proxy = proxy
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool; connections are made when first needed."""
        if self._client is None:
            self._client = _pool(self._proxy)

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 there is one limit for both ways
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 the pool has one for all
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 the same
    ) -> tuple[int, bytes]:
        """Send and read whole. Raises NotSent, or TimedOut and NetworkError where it may have arrived."""
        if self._client is None:
            raise NotSent("the pool of connections is closed")
        uploads = request_data is not None and request_data.contains_files
        reading = _seconds(read_timeout, FILE_SECONDS if uploads else READ_SECONDS)
        request = self._client.request(method, url).timeout(timedelta(seconds=reading))
        status, body = await _exchange(_with_body(request, request_data), may_be_large=method == "GET")
        status, body = self._repair(url.partition("?")[0].rpartition("/")[2], status, body)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Throttled(_patience(body))
        return status, body

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


def _pool(proxy: str | None) -> Client:
    """Open a pool that asks no other way than the settings name, and follows nobody elsewhere."""
    pool = (
        ClientBuilder()
        .max_connections(POOL_SIZE)
        .pool_timeout(CONNECTING)
        .connect_timeout(CONNECTING)
        .follow_redirects(enable=False)
        .no_proxy()
        .add_root_certificate_pem(certifi.contents().encode())  # beside those of the machine, if it has any
    )
    return (pool.proxy(ProxyBuilder.all(proxy)) if proxy else pool).build()


async def _exchange(request: RequestBuilder, *, may_be_large: bool) -> tuple[int, bytes]:
    # Names of exceptions only: their texts may hold the address, and the address holds the token.
    try:
        if may_be_large:
            async with request.build_streamed() as answer:
                return answer.status, await _read(answer)
        answer = await request.build().send()
        return answer.status, bytes(await answer.bytes())
    except PyreqwestError as error:
        raise _told_apart(error) from None


def _told_apart(error: PyreqwestError) -> NetworkError:
    """Return what a failure means. The library's own names do not say whether a connection had been made."""
    name = type(error).__name__
    causes = error.details["causes"] or () if isinstance(error, DetailedPyreqwestError) else ()
    if isinstance(error, PoolTimeoutError) or any(one["message"] == NO_CONNECTION for one in causes):
        return NotSent(f"no connection ({name})")
    if isinstance(error, TimeoutError):
        return TimedOut("no answer in time")
    return NetworkError(f"the connection broke ({name})")


async def _read(answer: Response) -> bytes:
    parts = bytearray()
    while chunk := await answer.body_reader.read_chunk():
        parts += chunk
        if len(parts) > LARGEST_ANSWER:
            raise NetworkError("the answer is too large")
    return bytes(parts)


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, (int, float)) else default


def _with_body(request: RequestBuilder, data: RequestData | None) -> RequestBuilder:
    if data is None:
        return request
    if not data.contains_files:
        form = URL.build(query=data.json_parameters).raw_query_string.encode()
        return request.header("Content-Type", FORM).body_bytes(form)
    parts = FormBuilder()
    for name, value in data.json_parameters.items():
        parts = parts.text(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        file = PartBuilder.from_bytes(content if isinstance(content, bytes) else content.read())
        parts = parts.part(name, file.file_name(filename).mime(mime))
    return request.multipart(parts)
