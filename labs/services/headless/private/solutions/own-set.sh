cat > all.yaml <<'END'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{set}}
spec:
  serviceName: {{service}}
  podManagementPolicy: Parallel
  replicas: 3
  selector:
    matchLabels: { db: {{set}}, tier: data }
  template:
    metadata:
      labels: { db: {{set}}, tier: data }
    spec:
      containers:
        - name: db
          image: mongo:8
          ports:
            - { name: wire, containerPort: 27017 }
---
apiVersion: v1
kind: Service
metadata:
  name: {{service}}
spec:
  clusterIP: None
  publishNotReadyAddresses: false
  selector: { db: {{set}} }
  ports:
    - { name: mongo, port: 27017, targetPort: wire }
END
kubectl create -f all.yaml
kubectl rollout status statefulset/{{set}}
mkdir -p answers
echo a > answers/chooses.txt
sleep 5
