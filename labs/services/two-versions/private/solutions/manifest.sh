cat > both.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend-v2
spec:
  replicas: {{canary.new}}
  selector:
    matchExpressions:
      - { key: version, operator: In, values: [v2] }
  template:
    metadata:
      labels: { app.kubernetes.io/name: backend, version: v2, track: canary }
    spec:
      containers:
        - name: web
          image: my-backend:v2
          readinessProbe:
            httpGet: { path: /healthz, port: backend-port }
          ports:
            - { containerPort: 9090, name: backend-port }
---
apiVersion: v1
kind: Service
metadata:
  name: backend-service
spec:
  selector: { app.kubernetes.io/name: backend }
  ports:
    - { name: service-port, port: 80, targetPort: backend-port }
END
kubectl apply -n {{namespace}} -f both.yaml
kubectl scale -n {{namespace}} deployment backend-v1 --replicas={{canary.old}}
kubectl rollout status -n {{namespace}} deployment/backend-v2
mkdir -p answers
echo c > answers/why-two.txt
case {{canary.old}}{{canary.new}} in 31) echo 1/4;; 41) echo 1/5;; 32) echo 2/5;; esac > answers/which-part.txt
sleep 40
