mkdir -p answers
echo c > answers/range.txt
