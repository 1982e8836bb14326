"""The source itself is tested: sizes, names, where Persian may stand, what is caught, what sleeps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import filter as matching
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
FUNCTION_LINES = 30
FILE_LINES = 300

# Modules that read and write Persian numbers and dates; all other texts live in messages_fa/.
PERSIAN_ALLOWED = (
    "domain/amount*.py",
    "domain/calendar.py",
    "domain/date*.py",
    "domain/figures.py",
    "domain/money.py",
    "domain/number_words.py",
    "domain/persian.py",
    "tests/*",
)
# Where every exception may be caught, and why.
CATCHES_ALL: dict[str, str] = {
    "bot/updates.py": "our own bugs: counted, logged whole, told to the person, and the chat goes on",
}
# Where the program may sleep, and why. Tests in this process never do; those of processes and pages may.
SLEEPS = {"benchmarks/messenger.py": "a network that is so many milliseconds away is what it plays"}
SLEEPING_TESTS = ("tests/process/", "tests/page/")

PERSIAN = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
EMPTY_NAMES = {"base", "helpers", "manager", "managers", "util", "utils"}
EMPTY_CLASS = re.compile(r"(Base|Helpers|Manager|Utils?)$")

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[str]:
    """Every Python file of the project, by its path from the root."""
    tops = [
        top
        for top in ROOT.iterdir()
        if top.is_dir() and not top.name.startswith(".") and top.name != "mutants"
    ]
    return sorted(path.relative_to(ROOT).as_posix() for top in tops for path in top.rglob("*.py"))


SOURCES = sources()


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def nodes(path: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(text_of(path), path))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from "def" to the end, without the docstring: a transcript may be as long as the talk."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def caught(handler: ast.ExceptHandler) -> set[str]:
    """The names an except clause catches; a bare one catches BaseException."""
    match handler.type:
        case None:
            return {"BaseException"}
        case ast.Tuple(elts=kinds):
            return {ast.unparse(kind) for kind in kinds}
        case kind:
            return {ast.unparse(kind)}


def catches_all(path: str) -> list[int]:
    handlers = [node for node in nodes(path) if isinstance(node, ast.ExceptHandler)]
    return [handler.lineno for handler in handlers if caught(handler) & {"Exception", "BaseException"}]


def sleeps(path: str) -> list[int]:
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    return [
        call.lineno for call in calls if ast.unparse(call.func) in {"asyncio.sleep", "time.sleep", "sleep"}
    ]


def test_functions_are_short() -> None:
    functions = [(path, node) for path in SOURCES for node in nodes(path) if isinstance(node, FUNCTIONS)]
    assert not [
        f"{path}:{f.lineno} {f.name}: {length(f)}" for path, f in functions if length(f) > FUNCTION_LINES
    ]


def test_files_are_short() -> None:
    lines = {path: len(text_of(path).splitlines()) for path in SOURCES}
    assert {path: number for path, number in lines.items() if number > FILE_LINES} == {}


def test_persian_stands_in_messages_only() -> None:
    spoken = [path for path in SOURCES if not any(fnmatch(path, allowed) for allowed in PERSIAN_ALLOWED)]
    lines = [
        (f"{path}:{number}", line)
        for path in spoken
        for number, line in enumerate(text_of(path).splitlines(), 1)
    ]
    assert not [place for place, line in lines if PERSIAN.search(line)]


def test_names_say_something() -> None:
    parts = {path: set(re.split(r"[/_.]", path)) for path in SOURCES}
    assert not [path for path, words in parts.items() if words & EMPTY_NAMES]
    classes = [
        (path, node.name) for path in SOURCES for node in nodes(path) if isinstance(node, ast.ClassDef)
    ]
    assert not [(path, name) for path, name in classes if EMPTY_CLASS.search(name)]


def test_exceptions_are_caught_by_name() -> None:
    assert {path for path in SOURCES if catches_all(path)} == CATCHES_ALL.keys()


def test_nothing_sleeps() -> None:
    awake = [path for path in SOURCES if not path.startswith(SLEEPING_TESTS)]
    assert {path for path in awake if sleeps(path)} == SLEEPS.keys()


def test_no_two_kinds_of_card_are_called_alike() -> None:
    """Else the taps of one would go to the other."""
    kinds = re.findall(r'^KIND = "(\w+)"$', "\n".join(map(text_of, SOURCES)), re.MULTILINE)
    assert len(kinds) == len(set(kinds))


def test_every_exemption_is_for_a_file_that_is_there() -> None:
    assert all(matching(SOURCES, allowed) for allowed in PERSIAN_ALLOWED)


def test_a_lock_holds_names_and_hashes_and_no_address() -> None:
    locks = [*ROOT.glob("*.lock"), *ROOT.glob("benchmarks/*.lock")]
    assert len(locks) == 3
    assert not [file.name for file in locks if "://" in file.read_text(encoding="utf-8")]
