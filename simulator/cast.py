"""The people of the demo: made-up, read from cast.json, which the bot reads too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.flavours import Flavour
from simulator.messages import Phone
from simulator.wire import Json, parsed

CAST = Path(__file__).parent / "cast.json"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the demo; those who are not shown have a phone all the same."""

    role: str
    phone: Phone

    @property
    def known_to_bot(self) -> bool:
        """Tell whether the bot has met the person before the demo begins."""
        return self.role != "newcomer"


def read_cast(path: Path = CAST) -> tuple[Person, ...]:
    """Read the people in the order in which their phones stand on the page. ValueError for a bad file."""
    match parsed(path.read_text(encoding="utf-8")):
        case {"people": list(people)}:
            return tuple(_person(person) for person in people)
        case _:
            message = f"{path}: no list of people"
            raise ValueError(message)


def _person(asked: Json) -> Person:
    match asked:
        case {
            "role": str(role),
            "name": str(name),
            "phone": str(number),
            "platform": str(flavour),
            "user_id": int(user_id),
            "shown": bool(shown),
            "label": str(label),
        }:
            return Person(role, Phone(Flavour(flavour), user_id, name, number, label, shown=shown))
        case _:
            message = f"a person of the cast is not complete: {asked}"
            raise ValueError(message)
