cat > lock.yaml <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: mysql
spec:
  podSelector:
    matchLabels: { app: mysql-db }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: backend-api }
        - podSelector:
            matchLabels: { app: frontend }
      ports:
        - port: 3306
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: redis
spec:
  podSelector:
    matchLabels: { app: redis-cache }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: backend-api }
        - podSelector:
            matchLabels: { app: frontend }
      ports:
        - port: 6379
END
kubectl apply -f lock.yaml
