kubectl patch service {{search}} -p '{"spec":{"sessionAffinity":"None","sessionAffinityConfig":null}}'
kubectl patch service {{cart}} -p '{"spec":{"sessionAffinity":"ClientIP"}}'
sleep 5
