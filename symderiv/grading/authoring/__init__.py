"""For authors: does an exercise hold what its examples say, and what would be named?"""
