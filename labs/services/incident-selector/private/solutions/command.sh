kubectl set selector service {{app}} app={{app}}
sleep 5
