"""From characters to tokens: commands, Unicode, the author's macros, what runs or reads something refused."""
