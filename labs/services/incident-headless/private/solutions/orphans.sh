sed -i "s/^  {{fault.line}}$/  serviceName: peers/" members.yaml
kubectl -n {{ns}} delete statefulset {{db}} --cascade=orphan
kubectl apply -f members.yaml
for n in 2 1 0; do
  kubectl -n {{ns}} delete pod {{db}}-$n
  sleep 5
  kubectl -n {{ns}} wait --for=condition=Ready pod/{{db}}-$n --timeout=60s
done
sleep 35
