cat > all.yaml <<'END'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{set}}
spec:
  serviceName: {{service}}
  podManagementPolicy: Parallel
  replicas: 3
  selector: { matchLabels: { db: {{set}} } }
  template:
    metadata: { labels: { db: {{set}}, tier: data } }
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { db: {{set}} } }
      containers:
        - name: db
          image: mongo:latest
          command: [mongod, --replSet, {{rs}}, --bind_ip_all]
          ports:
            - { name: wire, containerPort: 27017 }
          volumeMounts:
            - { name: store, mountPath: /data/db }
  volumeClaimTemplates:
    - metadata: { name: store }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: 2Gi } }
---
apiVersion: v1
kind: Service
metadata:
  name: {{service}}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { db: {{set}} }
  ports:
    - { port: 27017, targetPort: wire }
END
kubectl create -f all.yaml
kubectl rollout status statefulset/{{set}} --timeout=5m
sleep 5
kubectl exec {{set}}-2 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "{{set}}-" + n + ".{{service}}.default.svc.cluster.local:27017"}))})'
sleep 20
kubectl exec client -- mongosh --quiet "mongodb://{{set}}-0.{{service}},{{set}}-1.{{service}}/shop?replicaSet={{rs}}" --eval 'db.orders.insertOne({ _id: {{number}}, item: "tea" })'
mkdir -p answers
echo B > answers/write.txt
sleep 5
