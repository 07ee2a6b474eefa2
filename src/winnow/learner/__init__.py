"""What a learner meets in their own process, and what the learner's commands do.

`plugin` is what pytest finds: it gives the learner's functions (`own_code`), with a `tutor` that says why a check
failed, and makes checks of answers to a quiz (`quiz_items`). `checking`, `watching` and `apart` run public checks for
`winnow check` and `watch`; `progress` and `state` remember how far a learner is. Imported by release and commands.
"""
