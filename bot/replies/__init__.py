"""Replies: what a decision becomes in somebody's language, as plain text and as JSON."""
