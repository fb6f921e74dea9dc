mkdir -p answers
echo b > answers/fourth.txt
kubectl patch deployment {{other}} -p '{"spec":{"template":{"metadata":{"labels":{"{{switch}}":"in"}}}}}'
kubectl rollout status deployment/{{other}}
kubectl set selector service {{other}} app={{other}},{{switch}}=in
sleep 40
