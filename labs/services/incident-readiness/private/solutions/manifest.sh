cat > probe.yaml <<'EOF'
spec:
  template:
    spec:
      containers:
        - name: {{api}}
          readinessProbe:
            httpGet: { path: /readyz, port: {{port}}, scheme: HTTP }
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 3
EOF
kubectl patch deployment {{api}} --patch-file probe.yaml
kubectl rollout status deployment {{api}}
sleep 10
