"""One folder per dirección: dropping a folder in here registers it, and they do not know each other."""
