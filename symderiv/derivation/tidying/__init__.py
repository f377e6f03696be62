"""From a line that is right to a line that somebody would write."""
