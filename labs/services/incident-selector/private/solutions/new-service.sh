kubectl delete service {{app}}
cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector: { team: web, app: {{app}} }
  ports:
    - { name: web, port: 80, targetPort: {{port}} }
END
kubectl apply -f service.yaml
sleep 5
