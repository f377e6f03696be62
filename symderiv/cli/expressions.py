"""Commands whose arguments are expressions, which may begin with a minus sign."""

from __future__ import annotations

import click


class ExpressionCommand(click.Command):
    """``symderiv compare -x '-1*x'``: what begins with a minus sign and is no option is an expression.

    A word behind two hyphens that isn't known stays a mistaken option, and is reported as one.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options, expressions = self._apart(list(args))
        return super().parse_args(ctx, [*options, "--", *expressions])

    def _apart(self, waiting: list[str]) -> tuple[list[str], list[str]]:
        """The options with their values, and everything else, each in its order."""
        flags = {"-h", "--help"}
        with_value: set[str] = set()
        for each in self.params:
            if isinstance(each, click.Option):
                (flags if each.is_flag or each.count else with_value).update(each.opts)
        options: list[str] = []
        expressions: list[str] = []
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                return options, [*expressions, *waiting]
            if word in with_value and not waiting:
                raise click.BadOptionUsage(word, f"Option '{word}' requires an argument.")
            if word in with_value:
                options += [word, *waiting[:1]]
                del waiting[:1]
            elif word in flags or (word.startswith("--") and word[2:3].isalpha()):
                options.append(word)
            else:
                expressions.append(word)
        return options, expressions
