kubectl create deployment redis-cache --image=redis:latest --port=6379
kubectl expose deployment redis-cache --name=redis-service --port=6379
kubectl rollout status deployment/redis-cache
sleep 10
