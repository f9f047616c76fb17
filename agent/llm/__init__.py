"""Models behind one base class: the only places that import a provider's SDK, and what every call needs around them."""
