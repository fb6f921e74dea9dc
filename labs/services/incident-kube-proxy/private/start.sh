sleep 12
kubectl label node worker-{{sick}} {{mark.key}}={{mark.value}}
kubectl -n kube-system patch daemonset kube-proxy -p '{"spec":{"template":{"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"{{mark.key}}","operator":"NotIn","values":["{{mark.value}}"]}]}]}}}}}}}'
kubectl -n kube-system delete pods -l k8s-app=kube-proxy --grace-period=0 --force
sleep 10
kubectl set image deployment/{{app}} {{app}}=house/{{app}}:1.1
kubectl rollout status deployment {{app}}
