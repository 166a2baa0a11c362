"""What the commands of ``bot.cli`` do; each module serves one or two of them."""
