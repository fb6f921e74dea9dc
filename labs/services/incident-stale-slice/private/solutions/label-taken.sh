kubectl -n {{ns}} label endpointslice {{app}}-{{ending}} kubernetes.io/service-name=nobody --overwrite
sleep 10
