kubectl -n {{ns}} patch networkpolicy {{api}}-from-{{front}} --type=json -p '[{"op":"replace","path":"/spec/ingress/0/ports","value":[{"protocol":"TCP","port":{{port}}}]}]'
sleep 5
