sed -i 's/service-name: FILL-IN/service-name: {{svc}}/; s/"FILL-IN"/"{{now.ip}}"/' {{svc}}.yaml
kubectl apply -f {{svc}}.yaml
sleep 5
