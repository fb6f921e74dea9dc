cat > patch.yaml <<'EOF'
spec:
  replicas: 3
  strategy:
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }
  template:
    spec:
      affinity:
        nodeAffinity: null
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: { matchLabels: { app: {{app}} } }
EOF
kubectl patch deployment {{app}} --patch-file patch.yaml
kubectl rollout status deployment {{app}}
sleep 35
