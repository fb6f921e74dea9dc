mkdir -p answers
echo a > answers/chooses.txt
