"""Arguments about whole numbers: floors, finitely many values, unit cells."""
