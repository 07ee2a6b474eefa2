"""The learner's side: how far a learner is, running public checks, watching files, pictures."""
