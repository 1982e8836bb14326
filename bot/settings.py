"""Every setting, read once at start from the environment or .env and checked there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.ids import Platform

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "BOT_"
TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
BALLOT_KEY = re.compile(r"[0-9a-f]{64}")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Misconfigured(Exception):
    """The settings cannot be worked with; each line names one variable and what would work."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Address:
    """Where the health page and the webhook listen; port 0 lets the system choose."""

    host: str
    port: int


def _database(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must be sqlite:///file or postgresql://user:password@host/database")
    return value


def _token(value: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError(
            "must be a bot's token, digits, a colon and letters, as the platform's BotFather gave it"
        )
    return value


def _ballot_key(value: SecretStr) -> SecretStr:
    if not BALLOT_KEY.fullmatch(value.get_secret_value()):
        raise ValueError("must be 64 of the digits 0 to 9 and a to f, as `openssl rand -hex 32` prints them")
    return value


def _server(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address like https://host, the part before /bot<token>")
    return value.rstrip("/")


def _public(value: str) -> str:
    parts = urlsplit(value)
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    ):
        raise ValueError(
            "must be an https address the platforms can reach (http only for this machine itself)"
        )
    return value.rstrip("/")


def _proxy(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an HTTP proxy like http://127.0.0.1:3128")
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004 the highest port
        raise ValueError("must be host:port, for example 127.0.0.1:8080")
    return value


def _folder(value: Path) -> Path:
    missing = [name for name in ("counties.csv", "offices.csv") if not (value / name).is_file()]
    if missing:
        raise ValueError(f"must be a folder that holds {' and '.join(missing)}")
    return value


Token = Annotated[SecretStr, AfterValidator(_token)]
BallotKey = Annotated[SecretStr, AfterValidator(_ballot_key)]
Server = Annotated[str, AfterValidator(_server)]
Proxy = Annotated[str, AfterValidator(_proxy)]


class Settings(BaseSettings):
    """The bot's settings; the description of each field is its line in README's table."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        frozen=True,
        validate_default=True,
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///var/khodyar.sqlite",
        description="where everything is kept: sqlite:///file or postgresql://…",
    )
    telegram_token: Token | None = Field(None, description="the bot's token from @BotFather on Telegram")
    telegram_api_url: Server = Field(
        "https://api.telegram.org",
        description="Telegram's Bot API: the part of the address before /bot<token>",
    )
    telegram_proxy: Proxy | None = Field(None, description="HTTP proxy for Telegram alone")
    bale_token: Token | None = Field(None, description="the bot's token from @botfather on Bale")
    bale_api_url: Server = Field(
        "https://tapi.bale.ai", description="Bale's Bot API: the part of the address before /bot<token>"
    )
    bale_proxy: Proxy | None = Field(None, description="HTTP proxy for Bale alone")
    mode: Literal["polling", "webhook"] = Field(
        "polling", description="polling: the bot asks for updates; webhook: the platforms bring them"
    )
    webhook_url: Annotated[str, AfterValidator(_public)] | None = Field(
        None, description="public https address of this bot, needed for webhook"
    )
    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "127.0.0.1:8080", description="host:port of /healthz and of the webhook"
    )
    places: Annotated[Path, AfterValidator(_folder)] = Field(
        Path(__file__).parent.parent / "places", description="folder with counties.csv and offices.csv"
    )
    ballot_key: BallotKey | None = Field(
        None, description="keeps secret ballots secret; made at the first start and written into .env"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="how much is logged: DEBUG, INFO, WARNING or ERROR"
    )

    def check_for_running(self) -> None:
        """Check what only the running bot needs. Raises Misconfigured."""
        lines = tuple(self._contradictions())
        if lines:
            raise Misconfigured(lines)

    def _contradictions(self) -> Iterator[str]:
        if self.telegram_token is None and self.bale_token is None:
            yield "BOT_TELEGRAM_TOKEN or BOT_BALE_TOKEN: at least one is needed"
        if self.mode == "webhook" and self.webhook_url is None:
            yield "BOT_WEBHOOK_URL: needed because BOT_MODE is webhook, for example https://bot.example.ir"

    @property
    def address(self) -> Address:
        """The host and port of BOT_LISTEN."""
        host, _, port = self.listen.rpartition(":")
        return Address(host.strip("[]"), int(port))

    @property
    def ballot_key_bytes(self) -> bytes | None:
        """The key of secret ballots, None where there is none yet."""
        return None if self.ballot_key is None else bytes.fromhex(self.ballot_key.get_secret_value())

    @property
    def tokens(self) -> dict[Platform, str]:
        """The platforms in use and their tokens."""
        given = {Platform.TELEGRAM: self.telegram_token, Platform.BALE: self.bale_token}
        return {platform: token.get_secret_value() for platform, token in given.items() if token is not None}


def env_file() -> Path | None:
    """Return the file that settings are read from beside the environment, None for none."""
    named = os.environ.get("BOT_ENV_FILE", ".env")
    return Path(named) if named else None


def read_settings() -> Settings:
    """Read the environment and the file BOT_ENV_FILE names (.env; empty for none). Raises Misconfigured."""
    try:
        return Settings(_env_file=env_file())
    except ValidationError as mistakes:
        raise Misconfigured(tuple(_lines(mistakes))) from None


def _lines(mistakes: ValidationError) -> Iterator[str]:
    for mistake in mistakes.errors(include_url=False, include_input=False, include_context=False):
        said = mistake["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        where = "".join(f"{PREFIX}{str(part).upper()}: " for part in mistake["loc"][:1])
        yield from (f"{where}{line}" for line in said.splitlines())


def settings_table() -> str:
    """Return the settings as a table in Markdown, the one README shows."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_shown(name)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    env_file = "| `BOT_ENV_FILE` | `.env` | another file to read settings from; empty for none |"
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows, env_file])


def _shown(name: str) -> str:
    default = Settings.model_fields[name].default
    if default is None:
        return "–"
    return f"`{default.name}/`" if isinstance(default, Path) else f"`{default}`"
