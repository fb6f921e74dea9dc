kubectl patch statefulset {{set}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"mongo","command":["mongod","--replSet={{rs}}","--bind_ip_all"]}]}}}}'
kubectl rollout status statefulset/{{set}} --timeout=5m
sleep 5
kubectl exec {{set}}-0 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [{_id: 0, host: "{{set}}-0.{{service}}:27017"}]})'
sleep 15
kubectl exec {{set}}-0 -- mongosh --quiet --eval 'rs.add("{{set}}-1.{{service}}:27017")'
sleep 10
kubectl exec {{set}}-0 -- mongosh --quiet --eval 'rs.add("{{set}}-2.{{service}}:27017")'
mkdir -p answers
echo b > answers/bound.txt
sleep 20
