kubectl -n {{ns}} patch deployment {{app}}-v1 --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/name","value":"{{names.wrong}}"},{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":{{one}}}]'
kubectl -n {{ns}} rollout status deployment {{app}}-v1
kubectl -n {{ns}} patch service {{app}} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"{{names.wrong}}"}]'
mkdir -p answers
echo b > answers/part.txt
sleep 35
