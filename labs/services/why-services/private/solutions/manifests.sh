kubectl delete pods -l app={{app}}
kubectl logs deploy/caller
cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector: { app: {{app}} }
  ports:
    - { name: http, port: 80, targetPort: 80, protocol: TCP }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: caller-config
data:
  TARGET: {{app}}.default.svc.cluster.local
END
kubectl apply -f service.yaml
kubectl delete pods -l app=caller
kubectl rollout status deployment/caller
sleep 10
