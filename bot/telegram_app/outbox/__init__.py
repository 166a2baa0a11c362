"""How answers go out: sending again, waiting, editing."""
