mkdir -p answers
echo b > answers/who-looks-up.txt
