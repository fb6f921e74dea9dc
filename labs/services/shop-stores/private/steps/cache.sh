kubectl set env deployment/backend-api MYSQL_ADDRESS=mysql-service:3306 REDIS_ADDRESS=redis-service:6379
kubectl rollout status deployment/backend-api
sleep 40
