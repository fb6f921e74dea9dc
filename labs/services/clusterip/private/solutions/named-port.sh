cat > web.yaml <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-app
  labels: { tier: front }
spec:
  replicas: 3
  selector:
    matchExpressions:
      - { key: app, operator: In, values: [web-app] }
  template:
    metadata:
      labels: { app: web-app, tier: front }
    spec:
      containers:
        - name: web
          image: nginx:stable
          ports:
            - { name: http, containerPort: 80 }
          readinessProbe:
            httpGet: { path: /, port: http }
---
apiVersion: v1
kind: Service
metadata:
  name: web-service
spec:
  selector: { app: web-app, tier: front }
  ports:
    - { name: web, port: 80, targetPort: http }
EOF
kubectl apply -f web.yaml
kubectl wait --for=condition=Available deployment/web-app --timeout=90s
sleep 5
