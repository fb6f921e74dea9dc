kubectl expose deployment web-app --name=web-app-service --port=80 --target-port=8080 --type=NodePort
kubectl patch service web-app-service --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":{{nodePort}}}]'
mkdir -p answers
echo C > answers/range.txt
sleep 5
