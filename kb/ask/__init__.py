"""Questions into answers, in stages: lexicon, reading, worlds and decision, wording."""
