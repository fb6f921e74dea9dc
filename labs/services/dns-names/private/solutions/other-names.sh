cat > all.yaml <<'END'
apiVersion: v1
kind: Service
metadata:
  name: prices
  namespace: {{front}}
spec:
  type: ExternalName
  externalName: {{svc}}.{{back}}.svc.cluster.local
---
apiVersion: v1
kind: Service
metadata:
  name: {{svc}}-pods
  namespace: {{back}}
spec:
  clusterIP: None
  selector: { app: prices }
END
kubectl apply -f all.yaml
kubectl -n {{front}} set env deployment/caller TARGET=prices
kubectl -n {{front}} rollout status deployment/caller
mkdir -p answers
echo {{svc}}.{{front}}.svc.cluster.local. > answers/first.txt
echo {{svc}}.{{back}}.svc.cluster.local. > answers/ptr.txt
sleep 5
