"""The only package that knows Telegram: rendering, handlers, intake, sending."""
