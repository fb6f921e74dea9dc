echo c > answers/no-endpoints.txt
echo a > answers/no-ping.txt
