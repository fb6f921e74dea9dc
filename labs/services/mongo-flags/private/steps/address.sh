kubectl patch statefulset {{set}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"mongo","command":null,"args":["--replSet","{{rs}}"]}]}}}}'
kubectl rollout status statefulset/{{set}} --timeout=5m
mkdir -p answers
echo b > answers/bound.txt
sleep 5
