kubectl patch service {{db}} -p '{"spec":{"type":"ClusterIP","externalName":null,"selector":{"app":"{{db}}-mysql"},"ports":[{"port":3306}]}}'
sleep 40
