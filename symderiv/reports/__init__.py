"""What is told, and in which form: for a terminal, for scripts, on sheets, for a class."""
