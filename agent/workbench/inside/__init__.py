"""What runs inside the sandbox, before and around the edited file. Imports nothing but the standard library."""
