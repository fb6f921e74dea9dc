kubectl patch deployment {{api}} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet","value":{"path":"/readyz","port":"http"}}]'
kubectl rollout status deployment {{api}}
sleep 10
