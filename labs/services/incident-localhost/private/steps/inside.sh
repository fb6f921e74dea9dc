mkdir -p answers
echo c > answers/who-refused.txt
