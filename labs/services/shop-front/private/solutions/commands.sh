kubectl config set-context --current --namespace={{shop}}
kubectl create deployment frontend --image=mycompany/frontend:latest --replicas={{fronts}} --port={{port}}
kubectl set env deployment/frontend PORT={{port}} BACKEND_URL=http://backend-service.{{shop}} MYSQL_ADDRESS=mysql-service.{{shop}}.svc.cluster.local:3306
kubectl expose deployment frontend --name=frontend-service --type=LoadBalancer --port=80 --target-port={{port}} --dry-run=client -o yaml > service.yaml
sed 's/^metadata:/metadata:\n  annotations: { service.beta.kubernetes.io\/aws-load-balancer-type: nlb }/' service.yaml | kubectl apply -f -
sleep 240
