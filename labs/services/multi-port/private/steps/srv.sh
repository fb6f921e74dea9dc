mkdir -p answers
echo c > answers/tls.txt
