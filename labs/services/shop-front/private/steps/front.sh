kubectl expose deployment frontend --name=frontend-service --type=LoadBalancer --port=80 --target-port={{port}}
sleep 10
