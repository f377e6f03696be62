"""What a class gets: tables, gradebooks of learning platforms, a page that shows what was not understood."""
