cat > patch.yaml <<'EOF'
spec:
  template:
    spec:
      containers:
        - name: {{app}}
          env:
            - name: PAGES_ADDRESS
              valueFrom: { fieldRef: { fieldPath: status.podIP } }
          readinessProbe:
            exec: null
            httpGet: { path: /, port: pages }
EOF
kubectl patch deployment {{app}} --patch-file patch.yaml
kubectl rollout status deployment {{app}}
mkdir -p answers
echo c > answers/who-refused.txt
sleep 30
