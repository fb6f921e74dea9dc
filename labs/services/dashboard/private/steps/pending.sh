mkdir -p answers
echo c > answers/why-pending.txt
echo b > answers/still-there.txt
sed -i 's/LoadBalancer/NodePort/; s/targetPort: 8080/targetPort: 8080\n      nodePort: {{door}}/' dashboard-service.yaml
kubectl apply -f dashboard-service.yaml
