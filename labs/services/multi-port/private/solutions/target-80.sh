cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector:
    app.kubernetes.io/name: {{app}}
  ports:
    - { name: http, port: 80, targetPort: 80 }
    - { name: https, port: 443, targetPort: {{tls}} }
END
kubectl apply -f service.yaml
mkdir -p answers
echo c > answers/tls.txt
sleep 5
