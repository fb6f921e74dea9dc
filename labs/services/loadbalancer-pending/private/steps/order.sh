mkdir -p answers
echo c > answers/nobody-there.txt
