kubectl -n {{ns}} patch deployment {{app}}-v2 --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/name","value":"{{names.right}}"}]'
kubectl -n {{ns}} rollout status deployment {{app}}-v2
sleep 35
