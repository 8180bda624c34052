"""What a text says: symbols, readings, sounds, shapes, words, alignment."""
