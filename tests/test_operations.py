"""The page for whoever runs the bot, the containers, and the program agree with each other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
LEVELS = {"info", "warning", "error", "critical"}
Event = tuple[str, str]


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def logged(path: Path) -> set[Event]:
    """The events a file logs, with their levels."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    return {
        (str(call.args[0].value), call.func.attr)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS
        if "get_logger" in ast.unparse(call.func) and isinstance(call.args[0], ast.Constant)
    }


def test_every_event_of_the_log_is_explained() -> None:
    said = {event for path in (ROOT / "bot").rglob("*.py") for event in logged(path)}
    explained = set(re.findall(r"^\| `(\w+)` \| (\w+) \|", text_of("docs/operations.md"), re.MULTILINE))
    assert {event for event in explained if event[1] in LEVELS} == said


def test_every_command_that_is_named_is_there() -> None:
    named = set(re.findall(r"python -m bot (\w+)", text_of("docs/operations.md")))
    assert named <= COMMANDS.keys()
    assert {"backup", "restore", "move", "verify"} <= named


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(text_of("compose.yaml"))
    return read["services"]


def test_two_workers_are_alike(services: dict[str, dict[str, object]]) -> None:
    workers = {name for name in services if name.startswith("worker-")}
    assert len(workers) == 2
    assert {str(services[name]["hostname"]) for name in workers} == workers
    one, other = (services[name] | {"hostname": ""} for name in workers)
    assert one == other
    assert one["read_only"] is True
    assert set(re.findall(r"worker-\d", text_of("deploy/Caddyfile"))) == workers


def test_the_workers_settings_are_settings(services: dict[str, dict[str, object]]) -> None:
    environment = services["worker-1"]["environment"]
    assert isinstance(environment, dict)
    assert {name.removeprefix("BOT_").lower() for name in environment} <= Settings.model_fields.keys()
    assert environment["BOT_MODE"] == "webhook"


def test_only_the_entrance_is_open(services: dict[str, dict[str, object]]) -> None:
    assert {name for name, service in services.items() if "ports" in service} == {"entrance"}


def test_what_is_mounted_is_there(services: dict[str, dict[str, object]]) -> None:
    named = set(yaml.safe_load(text_of("compose.yaml"))["volumes"])
    mounted = [str(mount) for service in services.values() for mount in list(service["volumes"])]  # type: ignore[call-overload]  # YAML
    for source in (mount.partition(":")[0] for mount in mounted):
        assert source in named or (ROOT / source).exists()


def test_the_image_is_as_hadolint_wants_it() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("hadolint"), ROOT / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (linted.returncode, linted.stdout) == (0, "")
