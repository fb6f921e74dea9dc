cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector:
    app.kubernetes.io/name: {{app}}
  ports:
    - name: http
      port: 80
      targetPort: {{web}}
    - name: https
      port: 443
      targetPort: {{tls}}
END
kubectl apply -f service.yaml
sleep 5
