"""Sums of terms brought to rest: deltas used up, variables changed, closed forms, like summands added."""
