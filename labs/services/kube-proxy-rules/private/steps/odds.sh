mkdir -p answers
echo b > answers/second-pod.txt
echo 1/{{odds.pods}} > answers/first-of-many.txt
