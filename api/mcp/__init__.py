"""The knowledge base for programs that speak the Model Context Protocol.

`tools` and `resources` say what there is and know nothing of the protocol; `protocol` alone speaks
it. All of it only reads.
"""
