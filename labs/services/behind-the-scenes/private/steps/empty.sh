mkdir -p answers
echo a > answers/kept.txt
