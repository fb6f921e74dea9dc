sleep 15
kubectl -n kube-system annotate deployment coredns saver.example.com/replicas=2 saver.example.com/since="18:00"
kubectl -n kube-system create quota {{quota}} --hard=pods={{least}}
kubectl -n kube-system scale deployment coredns --replicas=0
sleep 15
kubectl -n kube-system scale deployment coredns --replicas=1
