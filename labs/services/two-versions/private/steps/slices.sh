mkdir -p answers
echo c > answers/why-two.txt
kubectl scale deployment backend-v1 --replicas={{canary.old}}
kubectl scale deployment backend-v2 --replicas={{canary.new}}
echo {{canary.new}} {{canary.old}} | while read new old; do n=$((new * 100 / (new + old))); echo "$n%"; done > answers/which-part.txt
sleep 40
