kubectl rollout status statefulset/{{set}} --timeout=5m
kubectl rollout status deployment/{{app}}
