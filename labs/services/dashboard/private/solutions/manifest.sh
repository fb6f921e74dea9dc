cat > dashboard.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: dashboard
spec:
  replicas: 2
  selector:
    matchLabels: { app: dashboard }
  template:
    metadata:
      labels: { app: dashboard, tier: office }
    spec:
      containers:
        - name: dashboard
          image: mycompany/dashboard:latest
          ports:
            - { containerPort: 8080, name: web }
          readinessProbe:
            httpGet: { path: /ready, port: web }
---
apiVersion: v1
kind: Service
metadata:
  name: dashboard-service
spec:
  type: NodePort
  selector: { app: dashboard, tier: office }
  ports:
    - { name: web, port: 80, targetPort: web, nodePort: {{door}} }
END
kubectl apply -f dashboard.yaml
kubectl rollout status deployment/dashboard
mkdir -p answers
echo c > answers/why-pending.txt
echo b > answers/still-there.txt
echo a > answers/which-bookmark.txt
sleep 10
