from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.setenv("BOT_ENV_FILE", "")
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/new/books.sqlite")
    return monkeypatch


def test_a_setting_that_cannot_work_is_one_line_and_exit_code_2(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("BOT_LISTEN", "nowhere")
    assert main(["run"]) == 2
    assert capsys.readouterr().err == "BOT_LISTEN: must be host:port, for example 127.0.0.1:8080\n"


def test_running_without_a_token_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    assert capsys.readouterr().err == "BOT_TELEGRAM_TOKEN or BOT_BALE_TOKEN: at least one is needed\n"


def test_a_new_database_is_made_and_found_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "verify: 0 groups, 0 entries, all in order\n"
