"""How updates come in: by polling or webhook, side by side, none lost."""
