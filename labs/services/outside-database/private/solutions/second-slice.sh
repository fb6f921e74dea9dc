cat > db.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{svc}}
spec:
  type: ClusterIP
  ports:
    - port: 3306
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: old
  labels: { kubernetes.io/service-name: {{svc}} }
addressType: IPv4
ports:
  - port: 3306
endpoints:
  - addresses: ["{{now.ip}}"]
    conditions: { ready: true }
END
kubectl apply -f db.yaml
cat > new.yaml <<'END'
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: new
  labels: { kubernetes.io/service-name: {{svc}} }
addressType: IPv4
ports:
  - port: 3306
endpoints:
  - addresses: ["192.168.50.13"]
END
kubectl apply -f new.yaml
sleep 3
kubectl delete endpointslice old
mkdir -p answers
echo C > answers/keeper.txt
sleep 5
