kubectl -n {{ns}} delete endpointslices -l kubernetes.io/service-name={{app}}
sleep 20
