kubectl -n {{front}} patch configmap caller -p '{"data":{"TARGET":"{{svc}}.{{back}}"}}'
kubectl -n {{front}} rollout restart deployment/caller
kubectl -n {{front}} rollout status deployment/caller
kubectl -n {{back}} create service clusterip {{svc}}-pods --clusterip=None --tcp=8080
kubectl -n {{back}} set selector service {{svc}}-pods app=prices
mkdir -p answers
echo {{svc}}.{{front}}.svc.cluster.local > answers/first.txt
echo {{svc}}.{{back}}.svc.cluster.local > answers/ptr.txt
sleep 5
