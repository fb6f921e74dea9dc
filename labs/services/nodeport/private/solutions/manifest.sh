cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: web-app-service
spec:
  type: NodePort
  selector:
    app: web-app
  ports:
    - protocol: TCP
      port: 80
      targetPort: 8080
      nodePort: {{nodePort}}
END
kubectl apply -f service.yaml
mkdir -p answers
echo c > answers/range.txt
sleep 5
