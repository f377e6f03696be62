"""Why a step holds: by a lemma about one operation, for letters or for any size, or as a whole."""
