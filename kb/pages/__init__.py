"""Pages: a file, its front matter checked against the format, its body."""

from kb.pages.page import BrokenPage, Page, id_of_path, read_page
from kb.pages.validation import KINDS

__all__ = ["KINDS", "BrokenPage", "Page", "id_of_path", "read_page"]
