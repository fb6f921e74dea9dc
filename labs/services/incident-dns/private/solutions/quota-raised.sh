kubectl -n kube-system patch quota {{quota}} -p '{"spec":{"hard":{"pods":"40"}}}'
kubectl -n kube-system patch deployment coredns -p '{"spec":{"replicas":2}}'
kubectl -n kube-system rollout restart deployment coredns
kubectl -n kube-system rollout status deployment coredns
mkdir -p answers
echo c > answers/no-answer.txt
sleep 60
