cat <<'EOF' | kubectl apply -f -
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{app}}
spec:
  selector:
    matchLabels: { app: {{app}}, per: node }
  template:
    metadata:
      labels: { app: {{app}}, per: node }
    spec:
      containers:
        - name: {{app}}
          image: house/{{app}}:3
          ports:
            - { name: http, containerPort: {{port}} }
          readinessProbe:
            httpGet: { path: /, port: http }
            periodSeconds: 5
EOF
kubectl rollout status daemonset {{app}}
kubectl delete deployment {{app}}
sleep 35
