kubectl patch service backend-service -p '{"spec":{"ports":[{"port":80,"targetPort":"backend-port"}]}}'
cat > v2.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend-v2
spec:
  replicas: 2
  selector:
    matchLabels: { app.kubernetes.io/name: backend, version: v2 }
  template:
    metadata:
      labels: { app.kubernetes.io/name: backend, version: v2 }
    spec:
      containers:
        - name: backend
          image: my-backend:v2
          ports:
            - { containerPort: 9090, name: backend-port }
END
kubectl apply -f v2.yaml
kubectl rollout status deployment/backend-v2
sleep 5
