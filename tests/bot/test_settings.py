from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Misconfigured, Settings, read_settings, settings_table
from domain.ids import Platform

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.setenv("BOT_ENV_FILE", "")
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "works"),
    [
        ("BOT_DATABASE_URL", "mysql://x", "sqlite:///file or postgresql://"),
        ("BOT_TELEGRAM_TOKEN", "very-secret", "digits, a colon and letters"),
        ("BOT_BALE_TOKEN", "very-secret", "digits, a colon and letters"),
        ("BOT_TELEGRAM_API_URL", "api.telegram.org", "https://host"),
        ("BOT_BALE_PROXY", "socks5://127.0.0.1:1", "http://127.0.0.1:3128"),
        ("BOT_MODE", "pull", "'polling' or 'webhook'"),
        ("BOT_WEBHOOK_URL", "http://example.org", "https address"),
        ("BOT_LISTEN", "8080", "host:port"),
        ("BOT_LISTEN", "127.0.0.1:99999", "host:port"),
        ("BOT_PLACES", "/nowhere", "counties.csv and offices.csv"),
        ("BOT_LOG_LEVEL", "loud", "'DEBUG'"),
    ],
)
def test_each_mistake_is_one_line_that_names_the_variable_and_what_works(
    environment: pytest.MonkeyPatch, name: str, value: str, works: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    (line,) = mistakes.value.lines
    assert line.startswith(f"{name}: must be")
    assert works in line
    assert "secret" not in line


def test_all_mistakes_are_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BOT_MODE", "x")
    environment.setenv("BOT_LISTEN", "x")
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    assert len(mistakes.value.lines) == 2


def test_running_needs_a_platform_and_a_webhook_its_address(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BOT_MODE", "webhook")
    with pytest.raises(Misconfigured) as mistakes:
        read_settings().check_for_running()
    assert [line.split(":")[0] for line in mistakes.value.lines] == [
        "BOT_TELEGRAM_TOKEN or BOT_BALE_TOKEN",
        "BOT_WEBHOOK_URL",
    ]


def test_a_file_fills_in_and_the_environment_wins(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "env").write_text(f"BOT_BALE_TOKEN={TOKEN}\nBOT_LISTEN=[::1]:81\nBOT_MODE=webhook\n")
    environment.setenv("BOT_ENV_FILE", str(tmp_path / "env"))
    environment.setenv("BOT_MODE", "polling")
    settings = read_settings()
    assert settings.tokens == {Platform.BALE: TOKEN}
    assert (settings.address.host, settings.address.port) == ("::1", 81)
    assert settings.mode == "polling"


def test_a_token_is_never_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("BOT_TELEGRAM_TOKEN", TOKEN)
    assert TOKEN not in repr(read_settings())


def test_every_setting_stands_in_the_table() -> None:
    table = settings_table()
    assert all(f"| `BOT_{name.upper()}` |" in table for name in Settings.model_fields)
