kubectl patch deployment {{mailer}} -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirst"}}}}'
kubectl patch deployment {{agent}} -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}'
kubectl rollout status deployment/{{mailer}}
kubectl rollout status deployment/{{agent}}
sleep 5
