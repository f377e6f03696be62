"""A formula with words around it: values under conditions, definitions, remarks."""
