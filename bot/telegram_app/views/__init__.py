"""Replies as Telegram shows them: messages, keyboards, articles, callback data."""
