kubectl apply -f service.yaml
kubectl patch service {{app}} -p '{"spec":{"externalIPs":["{{entry.ip}}"]}}'
mkdir -p answers
echo c > answers/nobody-there.txt
echo b > answers/worth-of-a-status.txt
sleep 5
