kubectl -n {{home}} create service externalname {{api}} --external-name={{api}}.{{away}}.svc.cluster.local
sleep 10
