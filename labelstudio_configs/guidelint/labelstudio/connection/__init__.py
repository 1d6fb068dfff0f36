"""The wire: addresses, tokens, errors, clients, webhook bodies; not what they mean."""
