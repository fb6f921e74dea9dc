mkdir -p answers
echo b > answers/whose-address.txt
