"""A bundle: everything that decides about accounts, in one folder with one hash.

Registries with their built index, the model, the settings; and the digests of the program, its
rules and tables, which travel with the installed package and must fit. Runs over whole platforms
judge with a bundle, and say by its hash what judged.
"""

from detector.bundle.bundle import Bundle, build, cached
from detector.bundle.maker import Maker, installed
from detector.bundle.manifest import Manifest

__all__ = ["Bundle", "Maker", "Manifest", "build", "cached", "installed"]
