kubectl -n {{old}} delete service board
kubectl -n {{ns}} expose deployment {{app}} --port=80 --target-port=8080 --type=NodePort
kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":{{nodePort}}}]'
kubectl -n {{old}} expose deployment board --port=80 --target-port=8080
sleep 5
