ip=$(kubectl get pod {{app}}-{{leaver.gone}} -o jsonpath='{.status.podIP}')
kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep -e "--to-destination $ip:" | cut -d' ' -f2 > lost-chain.txt
kubectl label pod {{app}}-{{leaver.gone}} app-
sleep 5
