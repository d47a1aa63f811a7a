"""Pages: a file, its front matter checked against the format, its body."""

from kb.pages.kinds import KINDS
from kb.pages.page import BrokenPage, Page, id_of_path, lost_page, read_page

__all__ = ["KINDS", "BrokenPage", "Page", "id_of_path", "lost_page", "read_page"]
