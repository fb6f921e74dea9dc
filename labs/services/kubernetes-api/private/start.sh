cat > /tmp/k.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: kubernetes
  namespace: default
spec:
  selector:
    component: apiserver
  ports:
    - name: https
      port: 443
      protocol: TCP
      targetPort: 443
END
kubectl apply -f /tmp/k.yaml
rm /tmp/k.yaml
