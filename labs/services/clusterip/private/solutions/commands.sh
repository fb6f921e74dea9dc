kubectl create deployment web-app --image=nginx --replicas=3 --port=80
kubectl rollout status deployment/web-app
kubectl expose deployment web-app --name=web-service --port=80
sleep 5
