cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{service}}
spec:
  clusterIP: None
  selector: { app: {{set}} }
  ports:
    - { name: mongo, port: 27017, targetPort: 27017 }
END
sed -i 's/^spec:/spec:\n  serviceName: {{service}}/' set.yaml
kubectl apply -f service.yaml -f set.yaml
kubectl rollout status statefulset/{{set}}
mkdir -p answers
echo a > answers/chooses.txt
sleep 5
