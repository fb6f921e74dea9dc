kubectl get service {{app}}-service -o jsonpath='{.spec.ports[0].nodePort}{"\n"}' > targets.txt
echo c > answers/who-is-target.txt
