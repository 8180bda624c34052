"""One module a room: what is asked, what is permitted, what is shown."""
