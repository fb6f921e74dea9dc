kubectl config set-context --current --namespace={{shop}}
cat > shop.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend-api
spec:
  replicas: {{backends}}
  selector:
    matchLabels: { app: backend-api }
  template:
    metadata:
      labels: { app: backend-api }
    spec:
      containers:
        - name: backend
          image: mycompany/backend-service:latest
          env:
            - { name: MYSQL_ADDRESS, value: "mysql-service:3306" }
            - { name: REDIS_ADDRESS, value: "redis-service:6379" }
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: backend-service
spec:
  selector: { app: backend-api }
  ports:
    - { port: 80, targetPort: 8080 }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mysql-db
spec:
  replicas: 1
  selector:
    matchLabels: { app: mysql-db }
  template:
    metadata:
      labels: { app: mysql-db }
    spec:
      containers:
        - name: mysql
          image: mysql:5.7
          env:
            - { name: MYSQL_ROOT_PASSWORD, value: "{{secret}}" }
            - { name: MYSQL_DATABASE, value: "{{database}}" }
          ports:
            - containerPort: 3306
---
apiVersion: v1
kind: Service
metadata:
  name: mysql-service
spec:
  selector: { app: mysql-db }
  ports:
    - port: 3306
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: redis-cache
spec:
  selector:
    matchLabels: { app: redis-cache }
  template:
    metadata:
      labels: { app: redis-cache }
    spec:
      containers:
        - name: redis
          image: redis:latest
          ports:
            - containerPort: 6379
---
apiVersion: v1
kind: Service
metadata:
  name: redis-service
spec:
  selector: { app: redis-cache }
  ports:
    - port: 6379
END
kubectl apply -f shop.yaml
kubectl wait --for=condition=Available deployment --all --timeout=90s
sleep 40
