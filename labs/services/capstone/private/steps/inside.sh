cat > inside.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata: { name: backend, namespace: {{ns}} }
spec:
  replicas: 3
  selector: { matchLabels: { app: backend, part-of: {{ns}} } }
  template:
    metadata: { labels: { app: backend, part-of: {{ns}} } }
    spec:
      containers:
        - name: backend
          image: mycompany/backend-service:latest
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: backend, namespace: {{ns}} }
spec:
  selector: { app: backend, part-of: {{ns}} }
  ports: [{ port: 80, targetPort: http }]
---
apiVersion: v1
kind: Secret
metadata: { name: cache, namespace: {{ns}} }
stringData: { password: {{word}}-{{number}} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cache, namespace: {{ns}} }
spec:
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache } }
    spec:
      containers:
        - name: redis
          image: redis:8
          args: [--requirepass, $(PASSWORD)]
          env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: cache, key: password } } }]
---
apiVersion: v1
kind: Service
metadata: { name: cache, namespace: {{ns}} }
spec:
  selector: { app: cache }
  ports: [{ port: 6379 }]
END
kubectl apply -f inside.yaml
kubectl -n {{ns}} rollout status deployment/backend
kubectl -n {{ns}} rollout status deployment/cache
sleep 5
