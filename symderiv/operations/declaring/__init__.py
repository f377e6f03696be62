"""What a declaration is written in: parameters, options, shapes, existence, closed forms, costs."""
