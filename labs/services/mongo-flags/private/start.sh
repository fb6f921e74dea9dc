kubectl rollout status statefulset/{{set}} --timeout=5m
sleep 5
kubectl exec {{set}}-0 -- mongosh --quiet shop --eval 'db.kept.insertOne({ _id: "before", n: {{before}} })'
