kubectl -n {{shop}} create secret generic mysql-root --from-literal=password=rain-on-tin-9
kubectl -n {{shop}} patch deployment mysql-db -p '{"spec":{"template":{"spec":{"containers":[{"name":"mysql","env":[{"name":"MYSQL_ROOT_PASSWORD","value":null,"valueFrom":{"secretKeyRef":{"name":"mysql-root","key":"password"}}}]}]}}}}'
kubectl -n {{shop}} rollout status deployment/mysql-db
sleep 60
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
kubectl -n {{shop}} apply -f lock.yaml
sleep 5
