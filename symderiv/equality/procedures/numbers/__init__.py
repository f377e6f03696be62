"""Numbers themselves: infinities, algebraic numbers, arc tangents of fractions."""
