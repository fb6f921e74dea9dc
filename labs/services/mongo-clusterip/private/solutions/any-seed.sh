kubectl delete service {{service}}
kubectl create service clusterip {{service}} --clusterip=None --tcp=27017
kubectl set selector service {{service}} app={{set}}
sleep 40
kubectl exec {{set}}-2 -- mongosh --quiet --eval 'rs.initiate({_id: "{{rs}}", members: [0, 1, 2].map(n => ({_id: n, host: "{{set}}-" + n + ".{{service}}.default.svc.cluster.local:27017"}))})'
sleep 20
kubectl set env deployment/{{app}} MONGO_URI='mongodb://{{service}}-any:27017/shop?replicaSet={{rs}}'
kubectl rollout status deployment/{{app}}
mkdir -p answers
echo c > answers/why.txt
sleep 5
