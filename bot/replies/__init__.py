"""Replies: a Decision becomes a Reply in somebody's language, and a Reply becomes plain text or HTML."""
