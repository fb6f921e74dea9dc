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
          ports:
            - containerPort: {{port}}
END
kubectl apply -f frontend.yaml
kubectl rollout status deployment/frontend
