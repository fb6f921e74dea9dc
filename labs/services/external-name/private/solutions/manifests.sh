kubectl delete service {{db}}
cat > all.yaml <<'END'
apiVersion: v1
kind: Service
metadata: { name: {{alias}} }
spec: { type: ExternalName, externalName: api.example.com. }
---
apiVersion: v1
kind: Service
metadata: { name: {{reports}} }
spec: { type: ExternalName, externalName: {{reports}}.{{team}}.svc.cluster.local, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: {{db}} }
spec: { selector: { app: {{db}}-mysql }, ports: [{ name: mysql, port: 3306, targetPort: mysql }] }
END
kubectl apply -f all.yaml
mkdir -p answers
echo B > answers/header.txt
echo A > answers/certificate.txt
sleep 40
