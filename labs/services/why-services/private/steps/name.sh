kubectl patch configmap caller-config -p '{"data":{"TARGET":"{{app}}"}}'
kubectl rollout restart deployment/caller
kubectl rollout status deployment/caller
sleep 10
