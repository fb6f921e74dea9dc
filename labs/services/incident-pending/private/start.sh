kubectl -n {{ns}} get service {{app}} -o jsonpath='{.spec.clusterIP}{"\n"}' > partner.txt
