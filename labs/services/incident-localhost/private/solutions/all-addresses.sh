kubectl patch configmap {{app}}-settings -p '{"data":{"PAGES_ADDRESS":"0.0.0.0"}}'
kubectl rollout restart deployment {{app}}
kubectl rollout status deployment {{app}}
mkdir -p answers
echo c > answers/who-refused.txt
sleep 30
