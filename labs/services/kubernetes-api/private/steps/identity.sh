kubectl create serviceaccount {{account}} -n {{space}}
kubectl run watcher -n {{space}} --image=nicolaka/netshoot --overrides='{"spec":{"serviceAccountName":"{{account}}"}}' --command -- sleep infinity
kubectl wait -n {{space}} --for=condition=Ready pod/watcher --timeout=60s
