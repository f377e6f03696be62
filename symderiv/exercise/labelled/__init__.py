"""Answer files that are more than a list of answers: LaTeX, Markdown, notebooks."""
