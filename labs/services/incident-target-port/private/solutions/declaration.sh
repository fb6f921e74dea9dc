kubectl -n {{ns}} patch deployment {{app}} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/1/containerPort","value":{{new}}}]'
kubectl -n {{ns}} rollout status deployment {{app}}
mkdir -p answers
echo b > answers/declared.txt
sleep 10
