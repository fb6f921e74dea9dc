sed -i 's/{{now.ip}}/192.168.50.13/' {{svc}}.yaml
kubectl apply -f {{svc}}.yaml
sleep 5
