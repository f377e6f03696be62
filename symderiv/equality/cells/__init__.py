"""Sign cells: where which case holds, which cells are empty, and what happens on their boundaries."""
