"""What people write around a value, and how they write it: a file a convention."""
