kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"type":"ClusterIP","loadBalancerClass":null}}'
kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"type":"LoadBalancer"}}'
sleep 240
