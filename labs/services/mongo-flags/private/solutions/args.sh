kubectl patch statefulset {{set}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"mongo","args":["--replSet","{{rs}}"]}]}}}}'
kubectl rollout status statefulset/{{set}} --timeout=5m
sleep 5
kubectl exec {{set}}-0 -- mongosh --quiet --eval "$(cat initiate.js)"
mkdir -p answers
echo b > answers/bound.txt
sleep 20
