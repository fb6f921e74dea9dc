kubectl -n {{ns}} delete endpointslice {{app}}-{{ending}}
sleep 10
