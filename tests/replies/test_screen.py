"""The estimate of what a reply takes on a phone."""

from __future__ import annotations

from bot.replies.reply import Button, Folded, Item, LinkButton, Paragraph, Reply, Show
from bot.replies.screen import lines, link_rows, packed


def test_text_is_wrapped_and_blocks_stand_apart() -> None:
    """Lines of a list stand close together, and what is folded away takes no room."""
    blocks = (Paragraph("word " * 16), Item("one"), Item("two"), Folded("long " * 500))
    assert lines(Reply("en", blocks)) == 2 + 1 + 1 + 1


def test_buttons_take_two_lines_a_row() -> None:
    """Links and all others."""
    reply = Reply(
        "en",
        (Paragraph("x"),),
        (LinkButton("Website", "https://a.example"), LinkButton("Contact", "https://a.example/contact")),
        ((Button("a", Show("a")), Button("b", Show("b"))), (Button("c", Show("c")),)),
    )
    assert lines(reply) == 1 + 2 + 2 * 2


def test_buttons_share_a_row_while_they_can_be_read() -> None:
    """Three acronyms, two short names, or one long name."""
    labels = ["DCI", "OMCT", "CRIN", "Terre des hommes", "Street children", "Alternatives to detention", "PRI"]
    rows = [[button.label for button in row] for row in packed([Button(label, Show("x")) for label in labels])]
    assert rows == [labels[:3], labels[3:5], labels[5:6], labels[6:]]


def test_a_link_waits_for_no_long_one() -> None:
    """The order stays."""
    labels = ["Website", "A label that needs the whole row", "Contact", "Donate", "Jobs"]
    rows = [[link.label for link in row] for row in link_rows([LinkButton(one, "https://a.example") for one in labels])]
    assert rows == [labels[:1], labels[1:2], labels[2:4], labels[4:]]
