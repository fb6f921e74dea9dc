kubectl delete service {{shop}}
kubectl create service clusterip {{shop}} --tcp=80:{{port}}
kubectl patch service {{shop}} --type=json -p '[{"op":"replace","path":"/spec/selector","value":{"component":"page","project":"{{shop}}","kind":"program"}}]'
sleep 5
