echo a > answers/node-without.txt
kubectl get service {{app}} -o jsonpath='{.spec.healthCheckNodePort}{"\n"}' > health-port.txt
kubectl patch deployment {{app}} -p '{"spec":{"replicas":2,"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"{{app}}"}}}]}}}}'
kubectl rollout status deployment/{{app}}
sleep 120
