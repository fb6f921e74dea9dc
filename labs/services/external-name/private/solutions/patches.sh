kubectl create service externalname {{alias}} --external-name api.example.com
kubectl create service externalname {{reports}} --external-name {{reports}}.{{team}}.svc.cluster.local
kubectl patch service {{db}} -p '{"spec":{"type":"ClusterIP","externalName":null,"selector":{"app":"{{db}}-mysql"},"ports":[{"port":3306}]}}'
mkdir -p answers
echo b > answers/header.txt
echo a > answers/certificate.txt
sleep 40
