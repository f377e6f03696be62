"""Losses: of each entry and its label, and of classes."""
