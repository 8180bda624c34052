"""What people do to a mark before it is an avatar: 27 kinds of edit, each with its parameters drawn anew.

Shared by the training of the embedding and by the benchmark of pictures, which never use the same marks.
"""

from training.edits.kinds import KINDS, Edit, Stock, edited

__all__ = ["KINDS", "Edit", "Stock", "edited"]
