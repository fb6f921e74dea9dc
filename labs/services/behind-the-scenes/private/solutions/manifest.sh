cat > all.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector: { app: {{app}}, tier: web }
  ports:
    - { name: web, port: {{port}}, targetPort: web }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{app}}
spec:
  replicas: 3
  selector:
    matchLabels: { app: {{app}}, tier: web }
  template:
    metadata:
      labels: { app: {{app}}, tier: web }
    spec:
      containers:
        - name: web
          image: my-app
          ports:
            - { name: web, containerPort: 8080 }
END
kubectl apply -f all.yaml
kubectl rollout status deployment/{{app}}
sleep 5
kubectl get service {{app}} -o jsonpath='ip={.spec.clusterIP}{"\n"}' > trace.txt
kubectl get endpointslices -l kubernetes.io/service-name={{app}} -o jsonpath='slice={.items[0].metadata.name}{"\n"}' >> trace.txt
kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep '"default/{{app}}:web cluster IP"' | grep -e '-A KUBE-SERVICES' | sed 's/.*-j /chain=/' >> trace.txt
echo name={{app}}.default.svc.cluster.local. >> trace.txt
kubectl delete services {{app}}-old
mkdir -p answers
echo A > answers/kept.txt
echo B > answers/odds.txt
sleep 40
