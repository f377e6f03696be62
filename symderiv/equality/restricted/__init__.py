"""A problem on a part of its points: where indices agree, an equation holds, in one cell."""
