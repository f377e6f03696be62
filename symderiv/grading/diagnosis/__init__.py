"""Why an answer is wrong, and where: mistakes named only if they are proved."""
