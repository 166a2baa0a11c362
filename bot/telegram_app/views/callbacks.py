"""What a button carries: an action as callback data and back.

The data holds everything that is needed to answer, so that a button still works after a restart and after a reload:
ids instead of positions, the language of the reply it stands under, and the way back. It looks like this::

    1fr:somct:borganisation.0
    ||  ||    |
    ||  ||    the way back: page 0 of the list of organisations (may be missing)
    ||  |entry omct
    ||  the action: show (f: in full)
    |language of the reply; a plus sign behind it asks for a new message in place of an edited one
    version of this format

Whoever writes a client of his own can send any data; whatever this module did not write itself decodes to None, or to
an action that its sender may take anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.limits import CALLBACK_DATA
from bot.replies.reply import Action, Ask, Browse, Countries, Helplines, NoneOfThese, Share, Show
from bot.telegram_app.views.payloads import Target
from bot.telegram_app.views.references import BRIEF, digest, reference
from bot.telegram_app.views.response import Choices, Compared, Place

if TYPE_CHECKING:
    from bot.telegram_app.views.references import References

VERSION = "1"

_HEAD = re.compile(rf"{VERSION}([a-z]{{2,3}}(?:-[A-Za-z0-9]{{2,8}})?)(\+?):([a-z])(.*)", re.DOTALL)
_PAGE = re.compile(r"([A-Za-z0-9_-]{0,32})\.(\d{1,6})")
_NUMBER = re.compile(r"\d{1,3}")
_COUNTRY = re.compile(r"[A-Z]{0,2}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what to do, in which language, and where a button back should lead from there.

    ``fresh``: the message with the button stays as it is, and the reply is a message of its own.
    """

    action: Action | Place
    language: str
    back: Place | None = None
    fresh: bool = False


def encode(press: Press) -> str | None:
    """Return the callback data of a button, or None where it is not a callback that does it (sharing).

    The way back is left out where there is no room for it.
    """
    action = press.action
    language = action.language if isinstance(action, Show) and action.language else press.language
    head = f"{VERSION}{language}{'+' if press.fresh else ''}:"
    if isinstance(action, Share):
        return None
    if isinstance(action, Ask):
        data = f"{head}q{action.text}"
        return data if _bytes(data) <= CALLBACK_DATA else f"{head}d{digest(action.text)}"
    data = f"{head}{_token(action)}"
    if press.back is not None:
        longer = f"{data}:{_token(press.back)}"
        if _bytes(longer) <= CALLBACK_DATA:
            return longer
    return data


def _token(action: Action | Place) -> str:  # noqa: PLR0911  (a token for each action)
    match action:
        case Show(entry, full=full):
            return f"{'f' if full else 's'}{reference(entry)}"
        case Browse(kind, page):
            return f"b{kind or ''}.{page}"
        case NoneOfThese():
            return "n"
        case Helplines(country):
            return f"h{country or ''}"
        case Countries(page):
            return f"k{page}"
        case Choices(entries):
            return "c" + _briefs(entries)
        case Compared(entries):
            return "t" + _briefs(entries)
        case _:
            raise ValueError(f"no token for {type(action).__name__}")


def decode(data: str, references: References) -> Press | None:
    """Return what a button with ``data`` asks for, or None for data that this module did not write.

    An entry that is not in the edition any more comes back under the name it had, for the caller to miss.
    """
    head = _HEAD.fullmatch(data)
    if head is None or _bytes(data) > CALLBACK_DATA:
        return None
    language, plus, verb, rest = head.groups()
    fresh = bool(plus)
    if verb in "qd":
        question = rest.strip() if verb == "q" else references.question(rest)
        return Press(Ask(question), language, fresh=fresh) if question else None
    token, _, back_token = rest.partition(":")
    action = _action(verb, token, references)
    back = _action(back_token[:1], back_token[1:], references) if back_token else None
    if action is None or (back_token and not isinstance(back, Place)):
        return None
    return Press(action, language, back if isinstance(back, Place) else None, fresh)


def leads_to_helplines(data: str) -> bool:
    """Return whether a button with ``data`` leads to the helplines; it needs no edition to tell."""
    head = _HEAD.fullmatch(data)
    return head is not None and head[3] in ("h", "k")


def read_full(data: str) -> Target | None:
    """Return the card that a button with ``data`` shows in full, or None for any other button."""
    head = _HEAD.fullmatch(data)
    return Target(head[4].partition(":")[0], head[1]) if head is not None and head[3] == "f" else None


def _action(  # noqa: PLR0911  (an action for each verb)
    verb: str, token: str, references: References
) -> Action | Place | None:
    match verb:
        case "s" | "f" if _NAME.fullmatch(token):
            return Show(references.entry(token) or token, full=verb == "f")
        case "b" if page := _PAGE.fullmatch(token):
            return Browse(page[1] or None, int(page[2]))
        case "n" if not token:
            return NoneOfThese()
        case "h" if _COUNTRY.fullmatch(token):
            return Helplines(token or None)
        case "k" if _NUMBER.fullmatch(token):
            return Countries(int(token))
        case "c" | "t" if token and len(token) % BRIEF == 0:
            names = (token[start : start + BRIEF] for start in range(0, len(token), BRIEF))
            entries = tuple(entry for name in names if (entry := references.brief(name)))
            return Choices(entries) if verb == "c" else Compared(entries)
        case _:
            return None


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _briefs(entries: tuple[str, ...]) -> str:
    return "".join(digest(entry)[:BRIEF] for entry in entries)
