kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":{{new}}}]'
mkdir -p answers
echo b > answers/declared.txt
sleep 5
