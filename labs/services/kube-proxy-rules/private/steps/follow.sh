ip=$(kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep 'default/{{app}} ->' | grep -v statistic | sed 's/.* -> \([0-9.]*\):.*/\1/')
kubectl get pods -o jsonpath="{.items[?(@.status.podIP=='$ip')].metadata.name}" > last-pod.txt
