"""Bringing a project in step: settings, tabs, webhook."""
