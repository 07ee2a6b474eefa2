"""The subcommands of `winnow`, one module each: `add` describes the arguments, `run` does it."""
