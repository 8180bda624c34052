"""Every table, in the order in which they are made."""

from training.tables import (
    emoji_readings,
    flips,
    fold,
    ignorable,
    letters,
    separators,
    shape_classes,
    shapes,
    sound_classes,
    sound_confusions,
    sounds,
    splits,
    synonyms,
)

TABLES = (
    fold.TABLE,
    flips.TABLE,
    ignorable.TABLE,
    separators.TABLE,
    sounds.TABLE,
    sound_classes.TABLE,
    sound_confusions.TABLE,
    shapes.TABLE,
    shape_classes.TABLE,
    splits.TABLE,
    emoji_readings.TABLE,
    letters.TABLE,
    synonyms.TABLE,
)
