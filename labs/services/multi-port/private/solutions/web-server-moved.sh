cat > all.yaml <<'END'
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-conf
data:
  default.conf: |
    server {
      listen {{web}};
      location / {
        root /usr/share/nginx/html;
        index index.html;
      }
    }
---
apiVersion: v1
kind: Service
metadata:
  name: {{app}}
spec:
  selector:
    app.kubernetes.io/part-of: town
    app.kubernetes.io/name: {{app}}
  ports:
    - { name: https, port: 443, targetPort: api }
    - { name: http, port: 80, targetPort: web }
END
kubectl apply -f all.yaml
kubectl patch deployment {{app}} -p '{"spec":{"template":{"spec":{
  "containers":[
    {"name":"web-server","ports":[{"containerPort":{{web}},"name":"web"}],"volumeMounts":[{"name":"conf","mountPath":"/etc/nginx/conf.d"}]},
    {"name":"api-server","ports":[{"containerPort":{{tls}},"name":"api"}]}],
  "volumes":[{"name":"conf","configMap":{"name":"web-conf"}}]}}}}'
kubectl rollout status deployment/{{app}}
mkdir -p answers
echo C > answers/tls.txt
sleep 5
