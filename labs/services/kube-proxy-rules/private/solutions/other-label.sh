kubectl get pods -o wide > pods.txt
last=$(kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep -e '-A KUBE-SVC' | grep default/{{app}} | tail -1 | grep -o '10.244[0-9.]*')
grep " $last " pods.txt | cut -d' ' -f1 > last-pod.txt
mkdir -p answers
echo B > answers/second-pod.txt
case {{odds.pods}} in 4) echo 0.25;; 5) echo 0.20000000019;; 8) echo 0.125;; 10) echo 10%;; esac > answers/first-of-many.txt
ip=$(kubectl get pod {{app}}-{{leaver.gone}} -o jsonpath='{.status.podIP}')
kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep "default/{{app}} -> $ip:" | sed 's/.* -j //' > lost-chain.txt
kubectl label pod {{app}}-{{leaver.gone}} app={{app}}-debug --overwrite
echo c > answers/no-endpoints.txt
echo a > answers/no-ping.txt
sleep 5
