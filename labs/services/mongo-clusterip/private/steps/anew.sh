kubectl delete service {{service}}
kubectl create service clusterip {{service}} --clusterip=None --tcp=27017
kubectl set selector service {{service}} app={{set}}
for n in 0 1 2; do sed -i "s/_id: $n, host: \"{{service}}:/_id: $n, host: \"{{set}}-$n.{{service}}:/" initiate.js; done
sleep 40
kubectl exec {{set}}-0 -- mongosh --quiet --eval "$(cat initiate.js)"
sleep 20
