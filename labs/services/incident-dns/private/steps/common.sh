mkdir -p answers
echo c > answers/no-answer.txt
