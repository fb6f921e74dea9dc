cat > all.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{service}}
spec:
  clusterIP: None
  selector: { app: {{set}} }
  ports:
    - { name: mongo, port: 27017 }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{set}}
spec:
  serviceName: {{service}}
  replicas: 3
  selector: { matchLabels: { app: {{set}} } }
  template:
    metadata: { labels: { app: {{set}} } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: { matchLabels: { app: {{set}} } }
      containers:
        - name: mongo
          image: mongo:8
          args: [--replSet, {{rs}}]
          volumeMounts:
            - { name: data, mountPath: /data/db }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: 1Gi } }
END
kubectl apply -f all.yaml
kubectl rollout status statefulset/{{set}} --timeout=5m
sleep 5
kubectl exec {{set}}-0 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "{{set}}-" + n + ".{{service}}:27017"}))})'
sleep 20
kubectl exec {{set}}-0 -- mongosh --quiet shop --eval 'db.orders.insertOne({ _id: {{number}} })'
mkdir -p answers
echo b > answers/write.txt
sleep 5
