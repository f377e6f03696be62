"""What a name stands for: declared, bounded, asked for, allowed."""
