"""Kinds of entry that made-up entries of the tests are of, as a folder may declare them."""

from __future__ import annotations

from bot.knowledge.kinds import Kind

ORGANISATION = Kind("organisation", {"en": "Organisations"}, proper_names=True, works=True, main=True)
TOPIC = Kind("topic", {"en": "Topics", "fr": "Thèmes"}, order=1)
INSTRUMENT = Kind("instrument", {"en": "Rules and treaties"}, proper_names=True, order=2)
