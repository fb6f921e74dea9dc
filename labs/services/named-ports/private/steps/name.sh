kubectl patch deployment proxy --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"{{portName}}"}]'
kubectl rollout status deployment/proxy
cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
spec:
  selector:
    app.kubernetes.io/name: proxy
  ports:
    - name: name-of-service-port
      port: 80
      targetPort: {{portName}}
END
kubectl apply -f service.yaml
sleep 5
