kubectl logs deployment/{{app}}
mkdir -p answers
echo b > answers/whose-address.txt
kubectl get service {{app}} -o yaml | sed 's/externalTrafficPolicy: Cluster/externalTrafficPolicy: Local/' | kubectl apply -f -
kubectl patch deployment {{app}} --type=merge -p '{"spec":{"replicas":2,"template":{"spec":{"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"app":"{{app}}"}}}]}}}}}}'
kubectl rollout status deployment/{{app}}
echo a > answers/node-without.txt
kubectl describe service {{app}} | grep HealthCheck | grep -o '[0-9]*$' > health-port.txt
sleep 240
