kubectl create deployment backend-api --image=mycompany/backend-service:latest --replicas={{backends}} --port=8080
kubectl expose deployment backend-api --name=backend-service --port=80 --target-port=8080
kubectl rollout status deployment/backend-api
sleep 5
