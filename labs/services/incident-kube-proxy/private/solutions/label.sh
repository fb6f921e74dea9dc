kubectl label node worker-{{sick}} {{mark.key}}-
sleep 30
