kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"type":"ClusterIP","loadBalancerClass":null}}'
kubectl -n {{ns}} patch service {{app}} -p '{"spec":{"type":"LoadBalancer"}}'
mkdir -p answers
echo a > answers/who-waits.txt
sleep 240
