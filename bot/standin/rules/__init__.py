"""What Telegram refuses: limits, parameters, markup, keyboards, floods."""
