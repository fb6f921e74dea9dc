kubectl -n {{front}} patch configmap caller -p '{"data":{"TARGET":"{{svc}}.{{back}}"}}'
kubectl -n {{front}} rollout restart deployment/caller
kubectl -n {{front}} rollout status deployment/caller
cat > pods.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{svc}}-pods
  namespace: {{back}}
spec:
  clusterIP: None
  selector: { app: prices }
  ports:
    - { name: http, port: 8080 }
END
kubectl apply -f pods.yaml
sleep 5
