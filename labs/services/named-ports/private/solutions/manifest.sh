cat > proxy.yaml <<'END'
apiVersion: v1
kind: ConfigMap
metadata:
  name: nginx-elsewhere
data:
  default.conf: |
    server {
      listen {{port}};
      location / {
        root /usr/share/nginx/html;
        index index.html;
      }
    }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: proxy
spec:
  replicas: {{replicas}}
  selector:
    matchLabels: { app.kubernetes.io/name: proxy }
  template:
    metadata:
      labels: { app.kubernetes.io/name: proxy }
    spec:
      containers:
        - name: nginx
          image: nginx:stable
          ports:
            - { containerPort: {{port}}, name: {{portName}} }
          readinessProbe:
            httpGet: { path: /, port: {{portName}} }
          volumeMounts:
            - { name: listens-there, mountPath: /etc/nginx/conf.d }
      volumes:
        - name: listens-there
          configMap: { name: nginx-elsewhere }
---
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
spec:
  selector: { app.kubernetes.io/name: proxy }
  ports:
    - { name: name-of-service-port, port: 80, targetPort: {{portName}} }
END
kubectl apply -f proxy.yaml
kubectl rollout status deployment/proxy
mkdir -p answers
echo b > answers/who-looks-up.txt
echo a > answers/unset.txt
sleep 10
