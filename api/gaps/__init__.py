"""What people asked and the pages did not answer, without what tells who asked.

Kept only where a database is named. Nothing here may slow or fail an answer.
"""
