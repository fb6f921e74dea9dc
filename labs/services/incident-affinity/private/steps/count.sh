mkdir -p answers
echo b > answers/who-is-one.txt
