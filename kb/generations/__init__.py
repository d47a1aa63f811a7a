"""Built generations of the content as folders: made whole, checked, published by one rename.

Knows files and their digests, and nothing of what they hold.
"""

from kb.generations.held import Held
from kb.generations.manifest import MANIFEST, Manifest
from kb.generations.store import CURRENT, Store

__all__ = ["CURRENT", "MANIFEST", "Held", "Manifest", "Store"]
