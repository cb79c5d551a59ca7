"""A command whose options are given once: the last of two would silently win."""

from __future__ import annotations

from collections import Counter

import click


class Once(click.Command):
    """A command that refuses an option of one value where it is given more than once."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and count how often each option was given; flags may be repeated."""
        given = list(args)
        left = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            self._refuse_repeated(ctx, given)
        return left

    def _refuse_repeated(self, ctx: click.Context, given: list[str]) -> None:
        _, _, order = self.make_parser(ctx).parse_args(given)
        for option, times in Counter(order).items():
            if times > 1 and _takes_one(option):
                name = max(option.opts, key=len)
                raise click.UsageError(f"found {name} {times} times, expected it once", ctx)


def _takes_one(option: click.Parameter) -> bool:
    several = ("is_flag", "multiple", "count")
    return isinstance(option, click.Option) and not any(getattr(option, of) for of in several)
