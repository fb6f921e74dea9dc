kubectl create deployment {{app}} --image=my-app --replicas=2
kubectl expose deployment {{app}} --port={{port}} --target-port=8080
kubectl rollout status deployment/{{app}}
sleep 5
{
  echo "ip=$(kubectl get service {{app}} -o jsonpath='{.spec.clusterIP}')"
  echo "slice=$(kubectl get endpointslices -l kubernetes.io/service-name={{app}} -o jsonpath='{.items[0].metadata.name}')"
  echo "chain=$(kubectl -n kube-system exec ds/kube-proxy -- iptables-save -t nat | grep '"default/{{app}} cluster IP"' | grep -e '-A KUBE-SERVICES' | grep -o 'KUBE-SVC-[A-Z0-9]*')"
  echo "name={{app}}.default.svc.cluster.local"
} > trace.txt
kubectl delete service {{app}}-old
mkdir -p answers
echo a > answers/kept.txt
echo b > answers/odds.txt
sleep 40
