sleep 5
for machine in "old {{now.node}}" "new worker-3"; do
  set -- $machine
  cat > /tmp/machine.yaml <<END
apiVersion: v1
kind: Pod
metadata:
  name: $1
  namespace: machines
spec:
  nodeName: $2
  hostNetwork: true
  containers:
    - name: mysql
      image: mysql:8.4
      env:
        - { name: MYSQL_ROOT_PASSWORD, value: geheim }
        - { name: MYSQL_DATABASE, value: shop }
END
  kubectl apply -f /tmp/machine.yaml
done
rm /tmp/machine.yaml
kubectl -n machines wait --for=condition=Ready pod --all --timeout=3m
kubectl rollout status deployment/{{app}}
sleep 20
for machine in old new; do
  kubectl -n machines exec $machine -- mysql -uroot -pgeheim shop -e 'create table orders (id int primary key); insert into orders values ({{row}})'
done
