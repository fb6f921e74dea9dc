sed -i "s/^  {{fault.line}}$/  serviceName: peers/" members.yaml
kubectl -n {{ns}} delete statefulset {{db}}
sleep 10
kubectl apply -f members.yaml
kubectl -n {{ns}} rollout status statefulset {{db}}
sleep 35
