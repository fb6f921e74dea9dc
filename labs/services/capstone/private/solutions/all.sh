kubectl create namespace {{ns}}
sleep 2
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
cat > orders.yaml <<'END'
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: {{ns}} }
spec:
  clusterIP: None
  selector: { app: orders }
  ports: [{ port: 27017 }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: orders, namespace: {{ns}} }
spec:
  serviceName: orders
  replicas: 3
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: orders } } }
      containers:
        - name: mongo
          image: mongo:8
          args: [--replSet, {{rs}}]
          volumeMounts: [{ name: data, mountPath: /data/db }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
END
kubectl apply -f orders.yaml
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
kubectl -n {{ns}} rollout status statefulset/orders --timeout=5m
sleep 5
kubectl -n {{ns}} exec orders-0 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "orders-" + n + ".orders:27017"}))})'
sleep 20
kubectl -n {{ns}} exec orders-0 -- mongosh --quiet shop --eval 'db.orders.insertOne({ _id: {{number}} })'
kubectl -n {{ns}} rollout status deployment/frontend
sleep 10
