for p in $(kubectl get pods -l app={{app}} -o name); do
  if kubectl exec $p -- grep -q yesterday /usr/share/nginx/html/index.html; then kubectl label $p app={{app}}-sick --overwrite; fi
done
kubectl patch deployment {{other}} -p '{"spec":{"template":{"metadata":{"labels":{"{{switch}}":"in"}}}}}'
kubectl rollout status deployment/{{other}}
kubectl set selector service {{other}} app={{other}},{{switch}}=in
mkdir -p answers
echo b > answers/fourth.txt
sleep 30
