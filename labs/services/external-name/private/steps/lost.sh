mkdir -p answers
echo b > answers/header.txt
echo a > answers/certificate.txt
