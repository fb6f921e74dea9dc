kubectl create role service-lister --verb=list --resource=services -n {{space}}
kubectl create rolebinding {{account}}-lists --role=service-lister --serviceaccount={{space}}:{{account}} -n {{space}}
