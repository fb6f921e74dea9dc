ip=$(kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep 'default/{{app}} ->' | grep -v statistic | sed 's/.* -> \([0-9.]*\):.*/\1/')
kubectl get pods -o jsonpath="{.items[?(@.status.podIP=='$ip')].metadata.name}" > last-pod.txt
mkdir -p answers
echo b > answers/second-pod.txt
echo 1/{{odds.pods}} > answers/first-of-many.txt
ip=$(kubectl get pod {{app}}-{{leaver.gone}} -o jsonpath='{.status.podIP}')
kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep -e "--to-destination $ip:" | cut -d' ' -f2 > lost-chain.txt
kubectl label pod {{app}}-{{leaver.gone}} app-
sleep 5
echo c > answers/no-endpoints.txt
echo a > answers/no-ping.txt
