kubectl patch configmap {{app}} -p '{"data":{"MONGO_URI":"mongodb://{{set}}-0.{{service}},{{set}}-1.{{service}},{{set}}-2.{{service}}/shop?replicaSet={{rs}}"}}'
kubectl rollout restart deployment/{{app}}
kubectl rollout status deployment/{{app}}
mkdir -p answers
echo c > answers/why.txt
sleep 5
