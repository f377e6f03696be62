"""What may stand in exercise and answer files, field by field, and what is wrong in one."""
