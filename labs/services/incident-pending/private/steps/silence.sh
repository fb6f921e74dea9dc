mkdir -p answers
echo a > answers/who-waits.txt
