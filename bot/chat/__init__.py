"""``jjbot chat``: the stand-in for Telegram and the real bot in one process, typed at a terminal or piped."""
