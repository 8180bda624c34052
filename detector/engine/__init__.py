"""The engine: which texts of a column are worth looking at.

Nine names in ten resemble nobody. The `Gate` finds them without making one Python object for each:
it reads, searches and weighs whole columns in compiled passes, and names the texts of which the plain
path (`pipeline`, `channels`) might find anything. What it keeps back has no case, no finding and no
gap; that is its one promise, and it errs to the other side: what it cannot tell goes the plain way.

    blocks      a column read in parts that fit into the cache
    gate        the passes in order
    names       what the passes know of every registered name: its prior bits, its kind
    alive       which candidates may explain their text better than ordinary Chinese (`channels.weighing`)
    triggers    which texts may hold a news word, a strict word or an organ noun (`channels.OWN`)
    harmless    which names the law lets pass beside words that claim nothing: asked of the law
    store       the tables of all that on disk, built once, opened by mmap
    meeting     which texts meet one of a few names at all: whom a changed registry can reach

The tests compare it with the plain path on random and on real names (tests/engine).
"""
