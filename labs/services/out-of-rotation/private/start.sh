kubectl rollout status deployment/{{app}} --timeout=3m
kubectl rollout status deployment/{{other}} --timeout=3m
sleep 5
kubectl exec $(kubectl get pods -l app={{app}} -o jsonpath='{.items[1].metadata.name}') -- sh -c 'echo "prices of yesterday" > /usr/share/nginx/html/index.html'
