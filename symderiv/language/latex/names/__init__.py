"""What letters and their scripts are names of: declared names, notation, how a name may be spelt."""
