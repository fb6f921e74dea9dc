kubectl delete service kubernetes
kubectl create serviceaccount {{account}} -n {{space}}
kubectl run watcher -n {{space}} --image=nicolaka/netshoot --overrides='{"spec":{"serviceAccountName":"{{account}}"}}' --command -- sleep infinity
kubectl wait -n {{space}} --for=condition=Ready pod/watcher --timeout=60s
kubectl create role service-lister --verb=list --resource=services -n {{space}}
kubectl create rolebinding {{account}}-lists --role=service-lister --serviceaccount={{space}}:{{account}} -n {{space}}
mkdir -p answers
echo b > answers/which-number.txt
echo c > answers/for-nodes.txt
sleep 12
