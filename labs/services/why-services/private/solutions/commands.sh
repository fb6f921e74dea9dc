ip=$(kubectl get configmap caller-config -o jsonpath="{.data.TARGET}")
kubectl delete pod $(kubectl get pods -l app={{app}} -o jsonpath="{.items[?(@.status.podIP=='$ip')].metadata.name}")
kubectl logs deployment/caller --tail=3
kubectl expose deployment {{app}} --port=80
kubectl patch configmap caller-config -p '{"data":{"TARGET":"{{app}}"}}'
kubectl rollout restart deployment/caller
kubectl rollout status deployment/caller
sleep 10
