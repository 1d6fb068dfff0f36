"""Whatever is fetched by an address that others wrote: what may be asked for, and how much is taken."""
