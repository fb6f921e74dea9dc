mkdir -p answers
echo {{svc}}.{{back}}.svc.cluster.local. > answers/ptr.txt
