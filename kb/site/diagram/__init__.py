"""The drawing of where a component sits: from facts to a scene, from the scene to SVG and words.

What is not recorded is not drawn.
"""

from kb.site.diagram.figure import figures

__all__ = ["figures"]
