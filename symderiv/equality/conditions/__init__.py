"""What follows from facts: signs, bounds, linear arithmetic."""
