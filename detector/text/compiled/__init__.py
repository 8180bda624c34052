"""Reading and weighing of whole columns of texts, compiled: the twin of the modules around it.

`detector.text.reading` says what a text can be read as, for people, with the steps of every symbol.
Here the same is done for a million texts at once, without Python objects: which symbols, where they
stood, and whether one was only read so by choice. What is rare and long-winded (upside-down runs,
sequences of emoji, English words) is not read here: such a text is reported as `strange` and goes
the plain way. The two are compared on random texts (tests/engine/test_compiled.py).

Made once from the tables and kept on disk (`letters`, `lexicon`), read by kernels that see arrays only:

    column      texts as code points, from Python or Arrow
    letters     what every code point folds to, and what it may begin
    keys        exact maps from a few symbols to a number
    spell       Latin runs as syllables
    rewrites    a sequence of symbols read otherwise: merged, collapsed, digits as letters
    readings    every way to read each text of a column
    lexicon     everyday words with their bits, and the cheapest cut of a text into them
"""
