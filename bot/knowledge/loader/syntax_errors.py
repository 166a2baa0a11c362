"""What the YAML parser complains about, in words for somebody who does not know parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml


class Explanation(NamedTuple):
    """What is wrong, what to do, and where it stands (line and column of the text, counted from 0)."""

    message: str
    advice: str
    line: int
    column: int


_MISFIT = (
    "the line does not fit in here: it is indented unlike its neighbours, or text goes on behind a closing quote.",
    "Line it up with the key above; inside 'single quotes' write an apostrophe twice.",
)

# (part of the parser's own words, what it means, what to do, whether the place where the part began says more than
# the place where the parser gave up)
_KNOWN = (
    ("tab character", "a tab stands in the indentation.", "Indent with spaces.", False),
    ("mapping values are not allowed", "there is a second colon here, or the indentation is off.",
     "Put text that contains a colon and a space in quotes.", False),
    ("block sequence entries are not allowed", "a list item cannot begin here.",
     "Begin the list on a line of its own.", False),
    ("unexpected end of stream", "a quotation mark is opened here and never closed.", "Close it.", True),
    ("unexpected document indicator", "a quotation mark is opened here and never closed.", "Close it.", True),
    ("expected ',' or ']'", "this list in [brackets] is not closed, or a comma is missing.",
     "Close it with ], and put items that contain brackets, commas or colons in quotes.", True),
    ("expected ',' or '}'", "this mapping in {braces} is not closed, or a comma is missing.",
     "Close it with }, and put text that contains commas, braces or colons in quotes.", True),
    ("could not find expected ':'", "this line is neither a key with a colon nor the continuation of a text.",
     "Add the colon, or indent the line like the text that it continues.", True),
    ("did not find expected key", *_MISFIT, False),
    ("expected <block end>", *_MISFIT, False),
    ("did not find expected '-' indicator", "the line stands among the items of a list but does not begin with a dash.",
     "Add the dash, or indent the line as its key needs.", False),
    ("expected node content", "a value is missing here, or a bracket or brace in front of it is not closed.",
     "Close it, or put text with brackets, braces or commas in quotes.", False),
    ("unknown escape character", "a backslash inside double quotes begins no known escape.",
     "Use single quotes, or write the backslash twice.", False),
    ("invalid Unicode character escape", "an escape stands for no character.", "Remove the backslash sequence.", False),
    ("expected alphabetic or numeric character", "& and * mean something in YAML at the beginning of a text.",
     "Put the text in quotes.", False),
    ("did not find expected <document start>", "a second document begins here without a line of three dashes.",
     "Put --- between two entries, and begin every key of an entry in the first column.", False),
)  # fmt: skip


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Explanation:
    """Explain an error of the parser's; ``text`` is what was parsed."""
    problem = error.problem or error.context or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n", line + 1)
    here = lines[line][column : column + 1] if line < len(lines) else ""
    if "cannot start any token" in problem:
        if here == "\t":
            return Explanation("a tab stands in the indentation.", "Indent with spaces.", line, column)
        return Explanation(f"text cannot begin with {here!r}.", "Put the text in quotes.", line, column)
    for words, message, advice, begun in _KNOWN:
        if words in problem:
            if begun and error.context_mark:
                line, column = error.context_mark.line, error.context_mark.column
            return Explanation(message, advice, line, column)
    return Explanation(f"this is not YAML: {problem}.", "Compare it with an entry that works.", line, column)
