cat > db.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: {{svc}}
spec:
  ports:
    - { name: mysql, port: 3306 }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: {{svc}}-1
  labels:
    kubernetes.io/service-name: {{svc}}
    endpointslice.kubernetes.io/managed-by: staff
addressType: IPv4
ports:
  - { name: mysql, port: 3306 }
endpoints:
  - addresses: ["{{now.ip}}"]
END
kubectl apply -f db.yaml
sleep 5
sed -i 's/{{now.ip}}/192.168.50.13/' db.yaml
kubectl apply -f db.yaml
mkdir -p answers
echo c > answers/keeper.txt
sleep 5
