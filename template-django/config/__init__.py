"""How the apps are put together: settings, URLs, and what a server starts."""
