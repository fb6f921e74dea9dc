kubectl create deployment dashboard --image=mycompany/dashboard:latest --replicas=2
kubectl rollout status deployment/dashboard
kubectl expose deployment dashboard --name=dashboard-service --type=LoadBalancer --port=80 --target-port=8080
kubectl patch service dashboard-service -p '{"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{door}}}]}}'
mkdir -p answers
echo c > answers/why-pending.txt
echo b > answers/still-there.txt
echo a > answers/which-bookmark.txt
sleep 10
