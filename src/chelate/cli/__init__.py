"""The command `chelate`: its subcommands, each imported when it is called.

No science. What can go wrong ends here: an `InputError` becomes one message on standard
error and exit status 2, anything unforeseen an internal error, and a traceback is shown
only to somebody who sets `CHELATE_DEBUG=1`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chelate.findings import InputError

COMMANDS = {
    "yield": ("chelate.cli.yield_:command", "What a dose or a formulation gives of each moiety."),
    "design": ("chelate.cli.design:command", "Find the formulation that meets a specification."),
    "panel": ("chelate.cli.panel:command", "Lay out the panel of a formulation."),
    "compare": ("chelate.cli.compare:command", "Hold a label against its formulation."),
    "stack": ("chelate.cli.stack:command", "Add the products of a day up, beside limits and aims."),
    "check": ("chelate.cli.check:command", "Check labels against conservation of mass."),
    "bounds": ("chelate.cli.bounds:command", "What must be true of the masses, and its proof."),
    "verify": ("chelate.cli.verify:command", "Recompute the certificates of a result."),
    "report": ("chelate.cli.report:command", "Write a comparison of labels as one HTML page."),
    "read": ("chelate.cli.read:command", "Show what is understood of labels, row by row."),
    "convert": ("chelate.cli.convert:command", "Write labels of any format as YAML."),
    "evidence": ("chelate.cli.evidence:command", "What the words on a label are worth."),
    "absorption": ("chelate.cli.absorption:command", "What studies found, by form and by dose."),
    "gate": ("chelate.cli.gate:command", "The NMDA receptor's coincidence gate, a teaching model."),
    "sources": ("chelate.cli.sources:command", "Where every fact that is printed comes from."),
    "explain": ("chelate.cli.explain:explain", "Explain a rule: what it finds, why, the remedy."),
    "rules": ("chelate.cli.explain:rules", "List the rules."),
    "schema": ("chelate.cli.schema:command", "Print the JSON Schema of a file format."),
}
BROKEN_PIPE = 141
INTERRUPTED = 130


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; one that is misspelt is suggested."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises ends as a message and an exit status."""
        _print_any_character()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            _leave_pipe()
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except Exception as error:
            _show(error)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chelate", message="%(prog)s %(version)s")
def main() -> None:
    """Compute what a supplement formulation yields, design one, and check what a label says."""


def print_error(error: InputError) -> None:
    """`error: file:line:column: message` on standard error, the excerpt under it."""
    click.echo(f"error: {_one_line(str(error))}", err=True)
    if error.excerpt:
        click.echo("\n".join(_one_line(line) for line in error.excerpt.splitlines()), err=True)


def _show(error: Exception) -> None:
    from chelate.findings import InputError

    if isinstance(error, InputError):
        print_error(error)
        return
    said = _one_line(": ".join(filter(None, (type(error).__name__, str(error)))))
    click.echo(f"internal error: {said} (a bug in chelate: please report it)", err=True)
    if os.environ.get("CHELATE_DEBUG") == "1":
        from traceback import format_exception

        click.echo("".join(format_exception(error)), err=True)


def _one_line(text: str) -> str:
    """The text with line breaks and control characters escaped: a label may hold any."""
    return "".join(repr(c)[1:-1] if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text)


def _print_any_character() -> None:
    """Escape what a narrow terminal encoding lacks (`·`, `µ`) where it would fail."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _leave_pipe() -> None:
    """End quietly when the reader of the output has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(BROKEN_PIPE)
