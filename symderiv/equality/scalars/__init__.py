"""One pair of entries: its cases, a proof, the search for a witness, what speaks for an undecided one."""
