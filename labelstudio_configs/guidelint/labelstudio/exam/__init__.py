"""Exams in a guideline: a project of their own, its tasks, and what those who take one read there."""
