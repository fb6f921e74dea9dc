kubectl -n kube-system delete quota {{quota}}
kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
sleep 60
