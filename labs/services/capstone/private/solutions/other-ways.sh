kubectl create namespace {{ns}}
kubectl config set-context --current --namespace={{ns}}
sleep 2
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
          ports: [{ name: web, containerPort: 3000 }]
          env:
            - { name: BACKEND_URL, value: "http://backend.{{ns}}:80" }
            - { name: REDIS_ADDRESS, value: "cache:6379" }
            - { name: MYSQL_ADDRESS, value: "orders-0.orders:27017" }
          readinessProbe: { httpGet: { path: /healthz, port: 3000 }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: frontend, namespace: {{ns}} }
spec:
  type: NodePort
  selector: { app: frontend }
  ports: [{ name: http, port: 80, targetPort: web, nodePort: {{door}} }]
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
  podSelector: { matchLabels: { app: backend, tier: back } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: frontend } } }]
END
kubectl apply -f front.yaml
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
  podManagementPolicy: Parallel
  serviceName: orders
  replicas: 3
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: orders } } }
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
cat > inside.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata: { name: backend, namespace: {{ns}} }
spec:
  replicas: 3
  selector: { matchLabels: { app: backend, tier: back } }
  template:
    metadata: { labels: { app: backend, tier: back } }
    spec:
      containers:
        - name: backend
          image: mycompany/backend-service:latest
          ports: [{ name: api, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /healthz, port: api }, periodSeconds: 2 }
---
apiVersion: v1
kind: Service
metadata: { name: backend, namespace: {{ns}} }
spec:
  selector: { app: backend, tier: back }
  ports: [{ port: 80, name: web, targetPort: api }]
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
          command: [redis-server, --requirepass, $(PASSWORD)]
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
kubectl -n {{ns}} rollout status statefulset/orders --timeout=5m
sleep 5
kubectl -n {{ns}} exec orders-1 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "orders-" + n + ".orders.{{ns}}.svc.cluster.local:27017"}))})'
sleep 20
kubectl -n {{ns}} exec orders-2 -- mongosh --quiet 'mongodb://orders-0.orders,orders-1.orders,orders-2.orders/shop?replicaSet={{rs}}' --eval 'db.orders.insertOne({ _id: {{number}} })'
kubectl -n {{ns}} rollout status deployment/frontend
sleep 10
