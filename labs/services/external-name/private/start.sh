kubectl rollout status deployment/{{db}}-mysql --timeout=3m
kubectl rollout status deployment/{{app}}
kubectl -n {{team}} rollout status deployment/{{reports}}
sleep 20
