kubectl apply -f members.yaml
kubectl -n {{ns}} rollout status statefulset {{db}} --timeout=45s
for n in 0 1 2; do kubectl -n {{ns}} exec {{db}}-$n -- sh -c "echo $((7 * {{port}} + n)) > /var/lib/{{db}}/number"; done
kubectl -n {{ns}} get pvc -o jsonpath='{range .items[*]}{.metadata.name}={.spec.volumeName}{"\n"}{end}' > volumes.txt
