mkdir -p answers
echo b > answers/part.txt
