"""What is given, put to use: equations about arrays and entries, choices, orders."""
