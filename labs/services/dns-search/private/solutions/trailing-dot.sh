kubectl patch deployment {{mailer}} --type=json -p '[{"op":"remove","path":"/spec/template/spec/dnsPolicy"}]'
kubectl patch deployment {{agent}} -p '{"spec":{"template":{"spec":{"dnsPolicy":"None","dnsConfig":{"nameservers":["10.96.0.10"],"searches":["default.svc.cluster.local","svc.cluster.local"]}}}}}'
kubectl set env deployment/poller TARGET=api.example.com.
for d in {{mailer}} {{agent}} poller; do kubectl rollout status deployment/$d; done
mkdir -p answers
echo four > answers/names.txt
sleep 5
