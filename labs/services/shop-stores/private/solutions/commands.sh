kubectl config set-context --current --namespace={{shop}}
kubectl create service clusterip redis-service --tcp=6379
kubectl set selector service redis-service app=redis-cache
kubectl create deployment redis-cache --image=redis
kubectl create deployment mysql-db --image=mysql:5.7
kubectl set env deployment/mysql-db MYSQL_ROOT_PASSWORD={{secret}} MYSQL_DATABASE={{database}}
kubectl expose deployment mysql-db --name=mysql-service --port=3306
kubectl create deployment backend-api --image=mycompany/backend-service --replicas={{backends}}
kubectl set env deployment/backend-api MYSQL_ADDRESS=mysql-service.{{shop}}:3306 REDIS_ADDRESS=redis-service.{{shop}}.svc.cluster.local:6379
kubectl expose deployment backend-api --name=backend-service --port=80 --target-port=8080
kubectl rollout status deployment/backend-api
kubectl rollout status deployment/mysql-db
sleep 40
