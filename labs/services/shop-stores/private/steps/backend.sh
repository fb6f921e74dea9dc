kubectl create deployment mysql-db --image=mysql:5.7 --port=3306
kubectl set env deployment/mysql-db MYSQL_ROOT_PASSWORD={{secret}} MYSQL_DATABASE={{database}}
kubectl expose deployment mysql-db --name=mysql-service --port=3306
kubectl rollout status deployment/mysql-db
sleep 40
