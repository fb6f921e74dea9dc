kubectl patch deployment poller -p '{"spec":{"template":{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"2"}]}}}}}'
kubectl rollout status deployment/poller
mkdir -p answers
echo 4 > answers/names.txt
sleep 5
