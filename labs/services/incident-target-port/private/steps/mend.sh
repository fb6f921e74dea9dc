kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":{{new}}}]'
sleep 5
