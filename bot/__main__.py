"""The commands of `python -m bot`; each is a module with `add_arguments` and `main`, one line below."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from bot import backup, invite, loan, migrating, moving, restore, run, seed, verifying
from bot.settings import Misconfigured, Settings, read_settings
from storage.migrate import DatabaseIsNewer
from storage.units import DatabaseUnavailable

BAD_CONFIGURATION = 2


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, in one line, and its two functions."""

    about: str
    add_arguments: Callable[[ArgumentParser], None]
    main: Callable[[Namespace, Settings], int]

    def carry_out(self, args: Namespace) -> int:
        return self.main(args, read_settings())


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A command that only reckons: it works before there are settings, and where they are wrong."""

    about: str
    add_arguments: Callable[[ArgumentParser], None]
    carry_out: Callable[[Namespace], int]


COMMANDS: dict[str, Command | Reckoning] = {
    "run": Command("run the bot until it is told to stop", run.add_arguments, run.main),
    "verify": Command("check the books and name every flaw", verifying.add_arguments, verifying.main),
    "backup": Command("write the whole database into one file and try it", backup.add_arguments, backup.main),
    "restore": Command("fill an empty database from such a file", restore.add_arguments, restore.main),
    "move": Command("copy everything into another, empty database", moving.add_arguments, moving.main),
    "seed": Command("fill an empty database with a made-up group", seed.add_arguments, seed.main),
    "invite": Command("make a one-time link into a programme role", invite.add_arguments, invite.main),
    "migrate": Command("bring the database up to date", migrating.add_arguments, migrating.main),
    "loan": Reckoning("print the schedule of a loan", loan.add_arguments, loan.main),
}


class OneLineParser(ArgumentParser):
    """A parser that says in one line what it cannot read."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(BAD_CONFIGURATION, f"{self.prog}: {message}; see --help\n")


def main(arguments: list[str]) -> int:
    """Read the command line and the settings, and do what is asked; 2 for settings that cannot work."""
    args = _parser().parse_args(arguments)
    try:
        return COMMANDS[args.command].carry_out(args)
    except Misconfigured as mistakes:
        print(mistakes, file=sys.stderr)
    except DatabaseIsNewer:
        print("BOT_DATABASE_URL: this database was made by a newer version of the bot", file=sys.stderr)
    except DatabaseUnavailable as error:
        print(f"BOT_DATABASE_URL: the database cannot be used ({error})", file=sys.stderr)
    except OSError as error:
        print(f"BOT_LISTEN: cannot listen there ({error.strerror})", file=sys.stderr)
    return BAD_CONFIGURATION


def _parser() -> ArgumentParser:
    parser = OneLineParser(prog="python -m bot", description="The bot of the self-help groups.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        command.add_arguments(commands.add_parser(name, help=command.about, description=command.about))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
