kubectl delete service {{search}} {{cart}}
kubectl expose deployment {{search}} --port=80 --target-port=8080
kubectl expose deployment {{cart}} --port=80 --target-port=8080 --session-affinity=ClientIP
kubectl patch service {{cart}} -p '{"spec":{"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":1800}}}}'
mkdir -p answers
echo b > answers/who-is-one.txt
sleep 5
