for p in $(kubectl get pods -l app={{app}} -o name); do
  if kubectl exec $p -- grep -q yesterday /usr/share/nginx/html/index.html; then kubectl label $p app={{app}}-sick --overwrite; fi
done
sleep 15
