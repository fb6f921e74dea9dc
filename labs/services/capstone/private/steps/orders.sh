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
kubectl -n {{ns}} rollout status statefulset/orders --timeout=5m
sleep 5
kubectl -n {{ns}} exec orders-0 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "orders-" + n + ".orders:27017"}))})'
sleep 20
kubectl -n {{ns}} exec orders-0 -- mongosh --quiet shop --eval 'db.orders.insertOne({ _id: {{number}} })'
