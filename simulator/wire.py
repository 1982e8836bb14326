"""Requests of a bot as they come over the wire: JSON, a form or multipart, read into one shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.flavours import Refusal

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


class Refused(Exception):
    """The platform answers with an error instead of a result."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry what the platform says."""
        super().__init__(refusal.description)
        self.refusal = refusal


def refused(status: int, description: str) -> Refused:
    """Make the exception for an error of the platform."""
    return Refused(Refusal(status, description))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot: method, fields as sent, files."""

    method: str
    fields: Mapping[str, Json]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def json(self, name: str) -> Json:
        """Read a structured field; in a form it is a string of JSON. ValueError if it is none."""
        value = self.fields.get(name)
        return parsed(value) if isinstance(value, str) else value

    def text(self, name: str) -> str | None:
        """Read a field that is a text."""
        value = self.fields.get(name)
        return None if value is None or isinstance(value, (dict, list)) else str(value)

    def number(self, name: str) -> int | None:
        """Read a whole number, None where the field is missing or is no number."""
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            return None
        try:
            return int(value)
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Read a yes-or-no field, which a form writes as a word."""
        return str(self.fields.get(name)).lower() in {"true", "1"}


def parsed(text: str | bytes) -> Json:
    """Parse JSON into the closed type of JSON values. ValueError for what is no JSON or no text."""
    value: Json = json.loads(text)
    # Half of a character pair can be written in JSON; encoding it raises.
    json.dumps(value, ensure_ascii=False).encode()
    return value


async def read_call(request: Request, method: str) -> Call:
    """Read a request whichever way a client library chose to write it."""
    fields: JsonObject = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return Call(method, fields | _object(await request.body()))
    uploads: dict[str, Upload] = {}
    async with request.form(max_part_size=64 << 20) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(value.filename or name, await value.read())
            else:
                fields[name] = value
    return Call(method, fields, uploads)


def _object(body: bytes) -> JsonObject:
    try:
        value = parsed(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise refused(400, "Bad Request: can't parse JSON request")
    return value
