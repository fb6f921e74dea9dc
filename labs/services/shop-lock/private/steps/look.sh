kubectl create secret generic mysql-root --from-literal=password=rain-on-tin-9
kubectl patch deployment mysql-db -p '{"spec":{"template":{"spec":{"containers":[{"name":"mysql","env":[{"name":"MYSQL_ROOT_PASSWORD","value":null,"valueFrom":{"secretKeyRef":{"name":"mysql-root","key":"password"}}}]}]}}}}'
kubectl rollout status deployment/mysql-db
sleep 60
