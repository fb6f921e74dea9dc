mkdir -p answers
echo {{svc}}.{{front}}.svc.cluster.local > answers/first.txt
