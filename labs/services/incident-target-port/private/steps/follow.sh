mkdir -p answers
echo b > answers/declared.txt
