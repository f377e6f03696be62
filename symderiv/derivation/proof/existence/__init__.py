"""Where both sides of a step exist: conditions that hold almost always, kinks, what nobody restricts."""
