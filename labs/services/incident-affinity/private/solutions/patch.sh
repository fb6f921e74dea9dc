kubectl patch service {{search}} -p '{"spec":{"sessionAffinity":"None","sessionAffinityConfig":null}}'
kubectl patch service {{cart}} -p '{"spec":{"sessionAffinity":"ClientIP"}}'
mkdir -p answers
echo b > answers/who-is-one.txt
sleep 5
