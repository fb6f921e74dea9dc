echo a > answers/unset.txt
