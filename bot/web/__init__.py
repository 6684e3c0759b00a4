"""The web door: the try-it page on this machine, and what a host asks to see from outside."""
