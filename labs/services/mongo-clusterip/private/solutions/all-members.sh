kubectl delete service {{service}}
cat > headless.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{service}}
spec:
  clusterIP: None
  selector: { app: {{set}} }
  ports:
    - { port: 27017 }
END
kubectl apply -f headless.yaml
for n in 0 1 2; do sed -i "s/_id: $n, host: \"{{service}}:/_id: $n, host: \"{{set}}-$n.{{service}}:/" initiate.js; done
sleep 40
kubectl exec {{set}}-0 -- mongosh --quiet --eval "$(cat initiate.js)"
sleep 20
kubectl patch configmap {{app}} -p '{"data":{"MONGO_URI":"mongodb://{{set}}-0.{{service}},{{set}}-1.{{service}},{{set}}-2.{{service}}/shop?replicaSet={{rs}}"}}'
kubectl rollout restart deployment/{{app}}
kubectl rollout status deployment/{{app}}
mkdir -p answers
echo c > answers/why.txt
sleep 5
