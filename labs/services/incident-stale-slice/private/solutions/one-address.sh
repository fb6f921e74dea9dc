kubectl -n {{ns}} patch endpointslice {{app}}-{{ending}} --type=json -p '[{"op":"remove","path":"/endpoints/0"}]'
sleep 10
