mkdir -p answers
echo b > answers/which-first.txt
kubectl patch service {{app}}-service -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
