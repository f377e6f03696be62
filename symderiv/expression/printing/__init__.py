"""Trees and entries as people read them: in the text language, in LaTeX."""
