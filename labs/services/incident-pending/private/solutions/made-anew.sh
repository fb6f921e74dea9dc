kubectl -n {{ns}} get service {{app}} -o yaml | sed '/loadBalancerClass/d; /uid:/d; /resourceVersion:/d; /creationTimestamp:/d' > anew.yaml
kubectl -n {{ns}} delete service {{app}}
kubectl apply -f anew.yaml
mkdir -p answers
echo a > answers/who-waits.txt
sleep 240
