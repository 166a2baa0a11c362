"""One log line for each decision: what kind of answer was given, never what was asked or by whom."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.matching.decision import Answer
from bot.replies.answer_json import kind

if TYPE_CHECKING:
    from bot.telegram_app.views.response import Response

_LOGGER = logging.getLogger(__name__)

Observer = Callable[[str, "Response"], None]
"""Is told of each response and the surface it was given on."""


def decided(surface: str, response: Response) -> None:
    """Log a decision. Responses without one (commands, lists) are not logged."""
    decision = response.decision
    if decision is None:
        return
    facts = {
        "surface": surface,
        "decision": kind(decision),
        "rule": decision.rule.value,
        "entry": decision.entry.id if isinstance(decision, Answer) else "-",
        "language": response.reply.language,
        "ms": round(response.seconds * 1000, 1),
    }
    line = " ".join(f"{name}={value}" for name, value in facts.items())
    _LOGGER.info("decided %s", line, extra={"facts": facts})
