kubectl -n kube-system delete quota {{quota}}
kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
mkdir -p answers
echo c > answers/no-answer.txt
sleep 60
