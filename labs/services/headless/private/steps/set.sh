sed -i 's/^spec:/spec:\n  serviceName: {{service}}/' set.yaml
kubectl apply -f set.yaml || true
kubectl delete statefulset {{set}}
kubectl wait --for=delete pod -l app={{set}} --timeout=90s
kubectl apply -f set.yaml
kubectl rollout status statefulset/{{set}}
sleep 10
