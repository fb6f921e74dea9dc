echo b > answers/worth-of-a-status.txt
kubectl patch service {{app}} --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":null}}}'
kubectl patch service {{app}} -p '{"spec":{"externalIPs":["{{entry.ip}}"]}}'
sleep 5
