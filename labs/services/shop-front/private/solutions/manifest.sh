kubectl config set-context --current --namespace={{shop}}
cat > frontend.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
spec:
  replicas: {{fronts}}
  selector:
    matchLabels: { app: frontend }
  template:
    metadata:
      labels: { app: frontend }
    spec:
      containers:
        - name: frontend
          image: mycompany/frontend:latest
          env:
            - { name: PORT, value: "{{port}}" }
---
apiVersion: v1
kind: Service
metadata:
  name: frontend-service
spec:
  type: LoadBalancer
  selector: { app: frontend }
  ports:
    - { port: 80, targetPort: {{port}} }
END
kubectl apply -f frontend.yaml
sleep 180
