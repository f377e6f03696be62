"""symderiv: derives answers exactly, and judges students' answers with proof."""

__version__ = "0.1.0"
