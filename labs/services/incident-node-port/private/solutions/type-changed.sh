kubectl -n {{old}} patch service board -p '{"spec":{"type":"ClusterIP"}}'
kubectl apply -f boards.yaml
sleep 5
