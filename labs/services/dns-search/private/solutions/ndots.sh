kubectl patch deployment {{mailer}} -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirst"}}}}'
kubectl patch deployment {{agent}} -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}'
kubectl patch deployment poller -p '{"spec":{"template":{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"1"}]}}}}}'
for d in {{mailer}} {{agent}} poller; do kubectl rollout status deployment/$d; done
mkdir -p answers
echo 4 > answers/names.txt
sleep 5
