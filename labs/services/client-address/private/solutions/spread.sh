kubectl logs deployment/{{app}} --tail=3
mkdir -p answers
echo b > answers/whose-address.txt
kubectl patch service {{app}} -p '{"spec":{"externalTrafficPolicy":"Local"}}'
kubectl patch deployment {{app}} -p '{"spec":{"replicas":3,"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"{{app}}"}}}]}}}}'
kubectl rollout status deployment/{{app}}
echo a > answers/node-without.txt
kubectl get service {{app}} -o jsonpath='{.spec.healthCheckNodePort}{"\n"}' > health-port.txt
sleep 240
