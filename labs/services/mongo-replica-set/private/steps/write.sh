mkdir -p answers
echo b > answers/write.txt
