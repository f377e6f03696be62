"""From syntax to tree: what each piece means, in a scope; text and LaTeX alike."""
