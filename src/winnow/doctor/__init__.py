"""Grades the grader: are right answers accepted, wrong ones caught and named, and the statements true?"""
