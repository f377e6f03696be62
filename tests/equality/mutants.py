"""Plausible mistakes in the procedures, one at a time: do the tables of pairs notice?

``python -m tests.equality.mutants``. Each mutant is one text replaced in one file of a copy of the
package; it is killed when a test of the tables fails.
Not run by pytest. Prints what becomes of each mutant, and a count.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = (
    "tests/equality/test_corpus.py",
    "tests/equality/conditions/test_inside.py",
    "tests/equality/refute/test_given_equations.py",
    "tests/equality/test_scope.py",
    "tests/index/test_sums_table.py",
    "tests/index/test_all_sizes.py",
)

MUTANTS: tuple[tuple[str, str, str], ...] = (
    ("equality/given/kinds.py", "found if found[1].domain.has_room else None", "found"),
    ("equality/cells/named_values.py", "or _is_missing(problem, origin)", "or True"),
    ("equality/cells/named_values.py", "elif not takes_values_rarely(argument):", "elif False:"),
    ("equality/procedures/conditions/rising.py", "return second, first", "return first, second"),
    ("equality/procedures/matrices/updates.py", "if is_turned else", "if not is_turned else"),
    ("equality/procedures/integers/any_quotients.py", 'compare("le", ONE, r)', 'compare("le", ZERO, r)'),
    ("equality/given/kinds.py", "turned == Index(array, tuple(ends)[::-1])", "True"),
    ("equality/conditions/inside.py", '_from_the_least(expr) if expr.kind == "integral" else ', ""),
    ("equality/procedures/conditions/implications.py",
     "back = there and _implied(", "back = there or _implied("),
    ("equality/procedures/conditions/implications.py", "and not proof.exceptions else None", "else None"),
    ("equality/cells/signs.py", "(1 if lead > 0 else -1, True)", "(-1 if lead > 0 else 1, True)"),
    ("equality/procedures/sums/longer_ranges.py", 'if shorter.kind in ("sum", "prod") else', "if True else"),
    ("equality/procedures/sums/short_ranges.py", "add(node.lower, node.variable)", "node.variable"),
    ("equality/procedures/conditions/square_free.py", "or not sign[1]", ""),
    ("equality/conditions/products.py", 'return "ge" if "ge" in kinds else "gt"', 'return "gt"'),
    ("equality/conditions/unfolded.py", "_STRICTER[head]", "head"),
    ("equality/cells/emptiness.py", "sign * factor[0]", "sign"),
    ("equality/cells/given.py", "power % 2) for n, power", "0) for n, power"),
    ("equality/procedures/integers/few_values.py", "list(filter(domain.contains, between))", "list(between)"),
    ("derivation/choices.py", "if None in said or", "if"),
    ("equality/procedures/sums/longer_ranges.py", "and _is_range(shorter, problem.facts)", ""),
    ("index/terms/powers.py", "whole(Fraction(c) / content)", "c"),
    ("equality/cells/intervals.py", "sign[1] and is_open", "sign[1]"),
    ("equality/cells/intervals.py", "int(degrees[position]) - power", "power"),
    ("equality/procedures/sums/signs_in_sums.py",
     "for pair in pairs) and _exist(left_out, known)", "for pair in pairs)"),
    ("equality/procedures/sums/signs_in_sums.py",
     "(*others, *range_facts(expr)", "(*facts, *range_facts(expr)"),
    ("equality/given/throughout.py",
     "said is not None and all(one is not None and one == other for one, other in ends)", "said is not None"),
    ("equality/conditions/inside.py", "if all(v.name != name.name for v in contents(fact).free)",
     "if name not in contents(fact).free"),
    ("equality/conditions/inside.py", "if old.name not in taken:", "if True:"),
    ("equality/conditions/inside.py", "if any(v.name == name.name for v in names):", "if False:"),
    ("equality/procedures/facts/equations_in_sums.py", "if known and len(known) == len(gaps):", "if known:"),
    ("equality/procedures/facts/equations_in_sums.py", "subtract(mul(u, u), mul(c, c))", "subtract(u, c)"),
    ("equality/restricted/given_values.py", "and not any(_holds(e, there) for e in others)", ""),
    ("equality/given/throughout.py", "return array if whole else None", "return array"),
    ("equality/procedures/facts/given_arrays.py",
     "if array is not None and array not in free_variables(value):", "if array is not None:"),
    ("equality/cascade/exceptions.py", "if not restricted.solutions and all(", "if all("),
    ("equality/cells/truths.py", 'shift = -1 if condition.head == "lt" else 1', 'shift = 1'),
    ("equality/cells/truths.py", 'sign == 0 and condition.head == "le"', 'sign == 0'),
    ("equality/cells/truths.py",
     "return not _equal(nf, condition, mark)", "return _equal(nf, condition, mark)"),
    ("equality/cells/proof.py", "return left is right", "return True"),
    ("equality/cells/boundaries.py", "    if coincides:\n        raise NotNull(equation)\n", ""),
    ("equality/cells/null_sets.py", "over_integers(field, poly) or ", ""),
    ("equality/cells/null_sets.py", " or not zero_set_is_null(field, poly)", ""),
    ("equality/cells/boundaries.py", "if solution.never:", "if True:"),
    ("equality/cells/deltas.py", '"eq": FALSE, "ne": TRUE', '"eq": TRUE, "ne": FALSE'),
    ("equality/normal_forms/opaque.py",
     "numerator // constant.denominator - 1", "numerator // constant.denominator"),
    ("equality/normal_forms/opaque.py", "return nf.arithmetic.scaled(nf.arithmetic.unknown(generator), lead)",
     "return nf.arithmetic.unknown(generator)"),
    ("equality/cells/generic.py", "return exponent > 0", "return True"),
    ("index/every_size/positivity.py", "expr.args.count(arg) % 2 == 0", "expr.args.count(arg) % 2 == 1"),
    ("index/every_size/positivity.py", "return runs(expr) and is_positive", "return is_positive"),
    ("index/terms/powers.py", "{base if whole % 2 == 0 else Apply", "{base if whole % 2 == 1 else Apply"),
    ("index/terms/powers.py", "elif isinstance(p, int) and p % 2 == 0:", "elif isinstance(p, int):"),
    ("index/writing.py", "if wider.intersect(where).is_equal(points) else points", ""),
    ("index/sums/merging.py", "result.get(summand, []), -value, cell",
     "result.get(summand, []), value, cell"),
    ("index/sums/merging.py", "continue\n        result = sum_out", "pass\n        result = sum_out"),
    ("index/sums/digits.py", "mul(times, base), MINUS_ONE", "mul(times, base), ZERO"),
    ("index/sums/faulhaber.py", "+ 1", "+ 2"),
    ("index/terms/entries.py", "outer.intersect(named.definition)", "outer"),
    ("index/terms/algebra.py", "rest = rest.intersect(points.complement())", "rest = rest"),
    ("index/sums/pivots.py", "renamed.coefficient, ways)", "renamed.coefficient, 1)"),
    ("index/sums/counting.py", "down=False", "down=True"),
    ("index/sums/geometric.py", "for end in (high, low)", "for end in (low, high)"),
    ("equality/normal_forms/monotone.py", 'if kinds and kinds <= {"exp"}:', "if kinds:"),
    ("equality/procedures/sums/steps_in_sums.py", "if not _vanishes_with(jump, height):", "if False:"),
    ("equality/procedures/sums/steps_in_sums.py", "return all(map(_exists, walk(value)))", "return True"),
    ("equality/procedures/sums/telescoping.py", "step ** (m - k)", "1"),
    ("equality/procedures/sums/induction.py", "in range(claim.first,", "in range(claim.first + 1,"),
    ("equality/procedures/sums/induction.py", "(step, *_beginnings(problem, claim))", "(step,)"),
    ("equality/procedures/sums/induction.py",
     "free_variables(found) - free_variables(found.body)", "free_variables(found)"),
    ("index/every_size/ranged_reads.py", "found = found.subtract(failing)", "pass"),
    ("equality/refute/separate.py",
     "return all(_leaves_no_single_points(fact) or evaluator.truth(fact) for fact in facts)", "return True"),
    ("equality/conditions/bounds.py", " + 1", " - 1"),
)  # fmt: skip


def survives(package: Path, name: str, old: str, new: str) -> bool | None:
    """Whether all tables still pass with the mutant; None where the text isn't there."""
    path = package / "symderiv" / name
    text = path.read_text(encoding="utf-8")
    if old not in text:
        return None
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
    try:
        run = subprocess.run(command, cwd=package, capture_output=True, timeout=300, check=False)
        return run.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(text, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder)
        for part in ("symderiv", "tests"):
            shutil.copytree(ROOT / part, package / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", package)
        killed = 0
        for name, old, new in MUTANTS:
            outcome = survives(package, name, old, new)
            killed += outcome is False
            said = {False: "killed", True: "survives", None: "not there"}[outcome]
            print(f"{said}: {name}: {old!r} -> {new!r}", flush=True)
        print(f"{killed} of {len(MUTANTS)} killed")


if __name__ == "__main__":
    main()
