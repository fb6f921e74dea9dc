echo a > answers/which-bookmark.txt
