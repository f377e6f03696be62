"""Attention, its heads, and where in a sequence a vector stands."""
