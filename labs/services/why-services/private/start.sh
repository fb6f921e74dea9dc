kubectl rollout status deployment/{{app}}
ip=$(kubectl get pods -l app={{app}} -o jsonpath='{.items[0].status.podIP}')
cat > /tmp/config.yaml <<END
apiVersion: v1
kind: ConfigMap
metadata:
  name: caller-config
data:
  TARGET: "$ip"
END
kubectl apply -f /tmp/config.yaml
rm /tmp/config.yaml
