kubectl patch deployment proxy --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0","value":{"containerPort":{{port}},"name":"{{portName}}"}}]'
kubectl rollout status deployment/proxy
cat > service.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
spec:
  selector:
    app.kubernetes.io/name: proxy
  ports:
    - name: name-of-service-port
      port: 80
      targetPort: {{portName}}
END
kubectl apply -f service.yaml
sleep 5
mkdir -p answers
echo b > answers/who-looks-up.txt
kubectl create configmap moved --from-file=default.conf=moved.conf
kubectl patch deployment proxy -p '{"spec":{"template":{"spec":{"volumes":[{"name":"conf","configMap":{"name":"moved"}}],"containers":[{"name":"nginx","volumeMounts":[{"name":"conf","mountPath":"/etc/nginx/conf.d"}]}]}}}}'
kubectl rollout status deployment/proxy
sleep 5
echo a > answers/unset.txt
