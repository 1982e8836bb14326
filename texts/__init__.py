"""Words on their way out: templates from messages_fa, values shown by their type, markup per platform."""
