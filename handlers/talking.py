"""Conversations over storage: begin one, feed it a reply, take a step back, end it.

A talk's row holds the facts it began with and the answers so far; its script is replayed over them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from conversations import engine
from conversations.engine import Answer, Answers, Asking, Finished, NotUnderstood, Question, Script
from conversations.registry import CODEC, TALKS
from conversations.replies import Pressed, Reply, Said
from domain.commands import Command
from domain.ids import TalkId
from domain.outgoing import AskContact, Keyboard
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.menu import menu_of
from handlers.openings import OPENINGS
from handlers.turn import Press, Turn
from storage import talks
from storage.talks import TalkRow

STALE = timedelta(days=1)
PAUSE = timedelta(hours=1)
KIND = "t"
ENCODER = json.JSONEncoder(ensure_ascii=False)
BACK, CANCEL = "/back", "/cancel"
WORDS_IN_A_ROW = 2
SHORT = 14


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """A stored conversation as it is read: the facts it began with, and the answers so far."""

    row: TalkRow
    facts: object
    answers: Answers

    def script(self, turn: Turn) -> Callable[[], Script[Command | None]]:
        return TALKS[self.row.name].over(self.facts, turn.desk.places)

    def replayed(self, turn: Turn) -> Asking | Finished:
        return engine.replay(self.script(turn)(), self.answers, CODEC)


def begin(turn: Turn, name: str, subject: int | None = None) -> None:
    """Open a conversation; whatever was open is parked. A refusal of its opening is shown by the caller."""
    facts = OPENINGS[name](turn, subject)
    stored = CODEC.dumps(facts)
    row = talks.begin_talk(turn.conn, turn.here.id, name, TALKS[name].version, stored, turn.now)
    talk = OpenTalk(row, facts, {})
    first = talk.replayed(turn)
    if isinstance(first, Asking):
        _ask(turn, row, first)
    else:
        _go_on(turn, talk, first, row.revision)


def current(turn: Turn) -> OpenTalk | None:
    """Return the open conversation; one that this version of the program cannot read is ended with a word."""
    row = talks.open_talk(turn.conn, turn.here.id)
    return None if row is None else _taken_up(turn, row)


def reply(turn: Turn, talk: OpenTalk, answer: Reply) -> None:
    """Give an open conversation a reply."""
    asked, rested = talk.replayed(turn), turn.now - talk.row.updated_at
    if rested > STALE and not (isinstance(asked, Asking) and asked.question.kind.binding):
        turn.say("common.begun_again")
        restart(turn, talk)
        return
    step = engine.reply_to(asked, _meant(turn, asked, answer), CODEC)
    if rested > PAUSE:
        turn.say("common.continuing")
    if isinstance(asked, Asking) and asked.question.kind.shares and not isinstance(step, NotUnderstood):
        turn.say("common.phone_noted", menu_of(turn))  # the menu takes the place of the button that shares
    _go_on(turn, talk, step, talk.row.revision + 1)


def back(turn: Turn, talk: OpenTalk) -> None:
    """One question back."""
    step = engine.one_back(talk.script(turn), talk.answers, CODEC)
    _go_on(turn, talk, step, talk.row.revision + 1)


def cancel(turn: Turn, talk: OpenTalk) -> None:
    """End a conversation without a result and take up the parked one."""
    turn.say("common.cancelled", menu_of(turn))
    _ended(turn, talk)


def ask_again(turn: Turn, talk: OpenTalk) -> None:
    """Put the question that stands once more."""
    _go_on(turn, talk, talk.replayed(turn), talk.row.revision)


def restart(turn: Turn, talk: OpenTalk) -> None:
    """Begin the same conversation anew with today's facts."""
    talks.end_talk(turn.conn, talk.row)
    begin(turn, talk.row.name, _subject(talk.facts))


def pressed(turn: Turn, talk_id: int, choice: str, revision: int) -> bool:
    """Take a tap on a question's button; False where the question no longer stands."""
    row = talks.talk_by_id(turn.conn, TalkId(talk_id))
    if row is None or row.account_id != turn.here.id or row.revision != revision:
        return False
    talk = _read(row)
    if talk is None:
        return False
    if row.parked:
        talk = replace(talk, row=talks.take_up(turn.conn, row))
    match choice:
        case "/back":
            back(turn, talk)
        case "/cancel":
            cancel(turn, talk)
        case _:
            reply(turn, talk, Pressed(choice))
    return True


def _go_on(turn: Turn, talk: OpenTalk, step: Asking | Finished | NotUnderstood, revision: int) -> None:
    match step:
        case NotUnderstood(asking, problem):
            turn.say(problem.text, **problem.facts)
            talks.save_talk(turn.conn, talk.row._replace(updated_at=turn.now))
            _ask(turn, talk.row, asking)
        case Asking(_, answers) if len(answers) >= engine.MOST_ANSWERS:
            turn.say("common.too_long", menu_of(turn))
            _ended(turn, talk)
        case Asking(_, answers):
            saved = talk.row._replace(answers=_dump(answers), revision=revision, updated_at=turn.now)
            talks.save_talk(turn.conn, saved)
            _ask(turn, saved, step)
        case Finished(result, answers):
            _finish(turn, replace(talk, answers=answers), result, revision)


def _finish(turn: Turn, talk: OpenTalk, result: object, revision: int) -> None:
    if result is None:
        turn.say("common.nothing_done", menu_of(turn))
        _ended(turn, talk)
        return
    try:
        carry_out(turn, _command(result))
    except Refused as refused:
        _refused(turn, talk, refused, revision)
        return
    _ended(turn, talk)


def _refused(turn: Turn, talk: OpenTalk, refused: Refused, revision: int) -> None:
    """Show the rules' no; where it names a question, go back to it with today's facts."""
    turn.refuse(refused, None if refused.back_to else menu_of(turn))
    if refused.back_to is None:
        _ended(turn, talk)
        return
    facts = OPENINGS[talk.row.name](turn, _subject(talk.facts))
    row = talk.row._replace(facts=CODEC.dumps(facts))
    anew = OpenTalk(row, facts, engine.back_to(refused.back_to, talk.answers))
    _go_on(turn, anew, anew.replayed(turn), revision)


def _ended(turn: Turn, talk: OpenTalk) -> None:
    row = talks.end_talk(turn.conn, talk.row)
    parked = None if row is None else _taken_up(turn, row)
    if parked is not None:
        turn.say("common.back_to_parked")
        ask_again(turn, parked)


def _taken_up(turn: Turn, row: TalkRow) -> OpenTalk | None:
    talk = _read(row)
    if talk is None:
        talks.end_talk(turn.conn, row)
        turn.say("common.changed_meanwhile", menu_of(turn))
    return talk


def _ask(turn: Turn, row: TalkRow, asking: Asking) -> None:
    question = asking.question
    keyboard: Keyboard
    if question.kind.shares:
        words = ("back", "cancel_talk") if asking.answers else ("cancel_talk",)
        labels = tuple(turn.desk.texts.label(word) for word in words)
        keyboard = AskContact(turn.desk.texts.label("share_phone"), (labels,))
    else:
        keyboard = turn.inline(_buttons(row, question, first=not asking.answers), turn.here.id)
    turn.say(question.text, keyboard, **question.facts)


def _buttons(row: TalkRow, question: Question, *, first: bool) -> list[list[Press]]:
    choices = [Press(KIND, row.id, c.data, row.revision, c.word, c.facts) for c in question.kind.choices]
    steps = [Press(KIND, row.id, CANCEL, row.revision, "cancel_talk")]
    if not first:
        steps.insert(0, Press(KIND, row.id, BACK, row.revision, "back"))
    plain = all(not choice.facts for choice in question.kind.choices)
    width = WORDS_IN_A_ROW if plain else 1
    rows = [choices[i : i + width] for i in range(0, len(choices), width)]
    return rows if question.kind.binding else [*rows, steps]


def _meant(turn: Turn, now: Asking | Finished, answer: Reply) -> Reply:
    """Take typed words that stand on a button as a press of it; a yes to a single button presses it."""
    if not isinstance(answer, Said) or isinstance(now, Finished):
        return answer
    choices = now.question.kind.choices
    for choice in choices:
        if turn.desk.texts.means(answer.text, choice.word, choice.facts):
            return Pressed(choice.data)
    if len(choices) == 1 and turn.desk.texts.means(answer.text, "yes"):
        return Pressed(choices[0].data)
    return answer


def _read(row: TalkRow) -> OpenTalk | None:
    """Return what was stored; None where its script is gone, or its facts have another shape by now."""
    try:
        facts, stored = CODEC.loads(row.facts), json.loads(row.answers)
        fits = isinstance(facts, TALKS[row.name].facts)
    except (KeyError, TypeError, ValueError):
        return None
    answers = {key: Answer(value, shown) for key, (value, shown) in stored.items()}
    return OpenTalk(row, facts, answers) if fits else None


def _dump(answers: Mapping[str, Answer]) -> str:
    return ENCODER.encode({key: [a.value, a.shown] for key, a in answers.items()})


def _subject(facts: object) -> int | None:
    subject = getattr(facts, "subject", None)
    return subject if isinstance(subject, int) else None


def _command(result: object) -> Command:
    if isinstance(result, Command):
        return result
    raise TypeError(f"a script returned a {type(result).__name__}")
