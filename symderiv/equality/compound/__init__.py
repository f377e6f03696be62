"""Values of several parts: arrays entry by entry, mappings key by key, lists in order, sets up to order."""
