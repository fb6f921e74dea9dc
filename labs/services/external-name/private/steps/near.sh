kubectl patch service {{reports}} -p '{"spec":{"externalName":"{{reports}}.{{team}}.svc.cluster.local"}}'
sleep 35
