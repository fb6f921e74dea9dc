kubectl config set-context --current --namespace={{shop}}
kubectl create secret generic mysql-root --from-literal=password=grey-goose-4
kubectl set env deployment/mysql-db MYSQL_ROOT_PASSWORD-
kubectl set env deployment/mysql-db --from=secret/mysql-root --prefix=MYSQL_ROOT_
cat > lock.yaml <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: stores
spec:
  podSelector:
    matchExpressions:
      - { key: app, operator: In, values: [mysql-db, redis-cache] }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - { key: app, operator: In, values: [frontend, backend-api] }
          namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{shop}} }
END
kubectl apply -f lock.yaml
sleep 90
