cat > front.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend, namespace: {{ns}} }
spec:
  replicas: 3
  selector: { matchLabels: { app: frontend } }
  template:
    metadata: { labels: { app: frontend } }
    spec:
      containers:
        - name: frontend
          image: mycompany/frontend:latest
          env:
            - { name: BACKEND_URL, value: "http://backend" }
            - { name: REDIS_ADDRESS, value: "cache:6379" }
            - { name: MYSQL_ADDRESS, value: "orders:27017" }
          readinessProbe: { httpGet: { path: /healthz, port: 3000 }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: frontend, namespace: {{ns}} }
spec:
  type: NodePort
  selector: { app: frontend }
  ports: [{ port: 80, targetPort: 3000, nodePort: {{door}} }]
---
apiVersion: v1
kind: Service
metadata: { name: payments, namespace: {{ns}} }
spec: { type: ExternalName, externalName: {{bank}} }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: backend, namespace: {{ns}} }
spec:
  podSelector: { matchLabels: { app: backend } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: frontend } } }]
END
kubectl apply -f front.yaml
kubectl -n {{ns}} rollout status deployment/frontend
sleep 10
