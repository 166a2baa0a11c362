"""What the compiler has to say about a knowledge folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: only an error keeps an edition from being served."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing an editor should know, with its place and what to do about it.

    ``path`` is relative to the knowledge folder's parent where possible; ``line`` and ``column`` count from 1.
    ``code`` is a stable short name such as ``duplicate-key``. ``message`` says what is wrong, ``advice`` what to do.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}{advice} [{self.code}]"
