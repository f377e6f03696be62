"""How a teacher tells a derivative: the lines between a definition and its closed form."""
