"""Inequalities that hold at every size, and what is proved with them."""
