kubectl create configmap moved --from-file=default.conf=moved.conf
kubectl patch deployment proxy -p '{"spec":{"template":{"spec":{"volumes":[{"name":"conf","configMap":{"name":"moved"}}],"containers":[{"name":"nginx","volumeMounts":[{"name":"conf","mountPath":"/etc/nginx/conf.d"}]}]}}}}'
kubectl rollout status deployment/proxy
sleep 5
