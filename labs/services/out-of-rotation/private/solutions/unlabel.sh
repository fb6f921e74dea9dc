sick=$(for p in $(kubectl get pods -l app={{app}} -o name); do kubectl exec $p -- grep -q yesterday /usr/share/nginx/html/index.html && echo $p || true; done)
kubectl label $sick app- quarantine=yes
kubectl get service {{other}} -o yaml > service.yaml
cat > patch.yaml <<'END'
spec:
  template:
    metadata:
      labels: { {{switch}}: in }
END
kubectl patch deployment {{other}} --patch-file patch.yaml
kubectl rollout status deployment/{{other}}
kubectl patch service {{other}} -p '{"spec":{"selector":{"{{switch}}":"in"}}}'
mkdir -p answers
echo B > answers/fourth.txt
sleep 30
